package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;

/** The invitations in the database, a transaction for each call. Every method blocks on the database and fails when that does. */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class InvitationRows {

    private static final int MOST_OF_A_ROOM = 500;

    @PersistenceContext(unitName = "parlour")
    private EntityManager entities;

    /** One that is good. @param by the name of the inviter; @param uses how many are left */
    public record Open(String id, String by, Role role, int uses, Instant createdAt, Instant expiresAt) {}

    /** What came of showing one. @param role what it is there now; @param isNews whether it became that by this */
    public record Redeemed(String invitation, RoomName room, Role role, boolean isNews) {}

    /**
     * Also forgets what is over.
     *
     * @param secret its hash; @param byOffice whether the inviter may as an administrator
     * @return false if there is no such room
     * @throws Refusal FORBIDDEN if there are too many already
     */
    public boolean insert(
            RoomName name, String id, String secret, Invitation wanted, String inviter, boolean byOffice, Instant now) {
        var room = entities.createQuery("select r from RoomRulesRecord r where r.name = :name", RoomRulesRecord.class)
                .setParameter("name", name.value())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
        if (room.isEmpty()) {
            return false;
        }
        var roomId = room.get().id();
        entities.createQuery(
                        "delete from InvitationRecord i where i.roomId = :room and (i.uses < 1 or i.expiresAt <= :now)")
                .setParameter("room", roomId)
                .setParameter("now", now.atOffset(ZoneOffset.UTC))
                .executeUpdate();
        var others = entities.createQuery("select count(i) from InvitationRecord i where i.roomId = :room", Long.class)
                .setParameter("room", roomId)
                .getSingleResult();
        if (others >= MOST_OF_A_ROOM) {
            throw new Refusal(ErrorCode.FORBIDDEN, "This room has too many invitations already.");
        }
        entities.persist(new InvitationRecord(id, roomId, secret, wanted, inviter, byOffice, now));
        entities.flush();
        return true;
    }

    /** The newest first. */
    public List<Open> open(RoomName name, Instant now) {
        return entities.createQuery(
                        "select i, a.name from InvitationRecord i join AccountRecord a on a.id = i.inviterId"
                                + " join RoomRulesRecord r on r.id = i.roomId"
                                + " where r.name = :name and i.uses > 0 and i.expiresAt > :now order by i.createdAt desc",
                        Object[].class)
                .setParameter("name", name.value())
                .setParameter("now", now.atOffset(ZoneOffset.UTC))
                .getResultStream()
                .map(row -> open((InvitationRecord) row[0], (String) row[1]))
                .toList();
    }

    private static Open open(InvitationRecord row, String by) {
        return new Open(row.id(), by, row.role(), row.uses(), row.createdAt(), row.expiresAt());
    }

    /** @return false if there is none */
    public boolean delete(RoomName name, String id) {
        return entities.createQuery("delete from InvitationRecord i where i.id = :id"
                                + " and i.roomId = (select r.id from RoomRulesRecord r where r.name = :name)")
                        .setParameter("id", id)
                        .setParameter("name", name.value())
                        .executeUpdate()
                > 0;
    }

    /**
     * Makes somebody what an invitation is for, and uses it up by one, or neither. For what is not good, whatever the reason, the work is
     * one query.
     *
     * @param secret its hash; @param isForeign whether somebody else decides about a room, so that roles mean nothing there
     * @return nothing if it is not good
     * @throws Refusal BANNED, ROOM_ARCHIVED, or FORBIDDEN if the room has too many members already
     */
    public Optional<Redeemed> redeem(String secret, Visitor by, Instant now, Predicate<RoomName> isForeign) {
        var found = entities.createQuery(
                        "select i from InvitationRecord i where i.secret = :secret and i.uses > 0 and i.expiresAt > :now",
                        InvitationRecord.class)
                .setParameter("secret", secret)
                .setParameter("now", now.atOffset(ZoneOffset.UTC))
                .getResultStream()
                .findFirst();
        // Whoever else changes roles there waits for this, and this for them.
        var room = found.map(one -> entities.find(RoomRulesRecord.class, one.roomId(), LockModeType.PESSIMISTIC_WRITE));
        if (room.isEmpty()) {
            return Optional.empty();
        }
        var name = new RoomName(room.get().name());
        var inviter = inviterOf(found.get());
        if (inviter.isEmpty() || isForeign.test(name)) {
            return Optional.empty();
        }
        return redeem(found.get(), inviter.get(), name, room.get().rules(), by, now);
    }

    private Optional<Redeemed> redeem(
            InvitationRecord invitation, Visitor inviter, RoomName name, RoomRules rules, Visitor by, Instant now) {
        var book = bookOf(invitation.roomId(), rules, inviter, by, now);
        if (!RoomAccess.mayHaveInvited(book, inviter, invitation.role(), now)) {
            return Optional.empty();
        }
        RoomAccess.requireWelcome(book, by, now);
        var its = book.given(by.identity()).orElse(null);
        if (its != null && (its.isAtLeast(invitation.role()) || !RoomAccess.may(Action.GRANT, book, inviter, now))) {
            return Optional.of(new Redeemed(invitation.id(), name, its, false));
        }
        if (!isUsed(invitation, now)) {
            return Optional.empty();
        }
        become(invitation.roomId(), by.identity().id(), its, invitation.role(), now);
        return Optional.of(new Redeemed(invitation.id(), name, invitation.role(), true));
    }

    // An office that somebody else gives is not written here, so it is taken to last as long as the account is not
    // disabled.
    private Optional<Visitor> inviterOf(InvitationRecord invitation) {
        return Optional.ofNullable(entities.find(AccountRecord.class, invitation.inviterId()))
                .map(AccountRecord::account)
                .filter(account -> !account.disabled())
                .map(account -> {
                    var isForeign = !account.source().equals(Account.LOCAL);
                    var hasOffice = account.administrator() || invitation.byOffice() && isForeign;
                    return new Visitor(
                            new Identity(Identity.Kind.ACCOUNT, account.id(), account.name(), hasOffice, null, null),
                            null);
                });
    }

    /** What concerns these two of a room's book. */
    private RoomBook bookOf(long room, RoomRules rules, Visitor inviter, Visitor by, Instant now) {
        var people = List.of(inviter.identity().id(), by.identity().id());
        var subjects = new ArrayList<>(people);
        subjects.add(String.valueOf(by.address()));
        var roles = entities.createQuery(
                        "select m from MembershipRecord m where m.roomId = :room and m.accountId in :people",
                        MembershipRecord.class)
                .setParameter("room", room)
                .setParameter("people", people)
                .getResultStream()
                .collect(Collectors.toMap(MembershipRecord::accountId, MembershipRecord::role));
        var restrictions = entities.createQuery(
                        "select x from RestrictionRecord x where x.roomId = :room and x.subject in :subjects"
                                + " and (x.endsAt is null or x.endsAt > :now)",
                        RestrictionRecord.class)
                .setParameter("room", room)
                .setParameter("subjects", subjects)
                .setParameter("now", now.atOffset(ZoneOffset.UTC))
                .getResultStream()
                .map(RestrictionRecord::restriction)
                .toList();
        return RoomBook.of(rules, roles, restrictions, 0);
    }

    // The condition, and not what was read before, decides: of those who come at the same moment only so many find it
    // true.
    private boolean isUsed(InvitationRecord invitation, Instant now) {
        return entities.createQuery("update InvitationRecord i set i.uses = i.uses - 1"
                                + " where i.id = :id and i.uses > 0 and i.expiresAt > :now")
                        .setParameter("id", invitation.id())
                        .setParameter("now", now.atOffset(ZoneOffset.UTC))
                        .executeUpdate()
                == 1;
    }

    private void become(long room, String account, Role before, Role role, Instant now) {
        if (before != null) {
            entities.find(MembershipRecord.class, new MembershipRecord.Key(room, account))
                    .setRole(role);
        } else {
            var members = entities.createQuery(
                            "select count(m) from MembershipRecord m where m.roomId = :room", Long.class)
                    .setParameter("room", room)
                    .getSingleResult();
            RoomRows.requirePlace(members.intValue(), "members");
            entities.persist(new MembershipRecord(room, account, role, now));
        }
        entities.flush();
    }
}
