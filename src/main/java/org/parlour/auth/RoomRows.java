package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.Username;

/**
 * How rooms are set, and what people are in them, in the database; a transaction for each call. Every method blocks on the database
 * and fails when that does.
 */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class RoomRows {

    /** All of a room's roles and restrictions are in memory while it is live, so there is an end to them. */
    static final int MOST_OF_A_KIND = 5_000;

    @PersistenceContext(unitName = "parlour")
    private EntityManager entities;

    /** What one person needs to know of a room, to find out whether it may know of it. @param role null if it has none */
    record Glance(long id, RoomRules rules, Role role) {}

    /** One query that does the same work whether there is such a room or not. @param person of whom the role is wanted */
    public Optional<Glance> glance(RoomName name, String person) {
        return entities.createQuery(
                        "select r, m.role from RoomRulesRecord r left join MembershipRecord m"
                                + " on m.roomId = r.id and m.accountId = :person where r.name = :name",
                        Object[].class)
                .setParameter("name", name.value())
                .setParameter("person", person)
                .getResultStream()
                .findFirst()
                .map(row ->
                        new Glance(((RoomRulesRecord) row[0]).id(), ((RoomRulesRecord) row[0]).rules(), (Role) row[1]));
    }

    /** @param version of what is read now, at least */
    public Optional<RoomBook> book(RoomName name, long version) {
        return find(name).map(room -> RoomBook.of(room.rules(), roles(room.id()), restrictions(room.id()), version));
    }

    private Map<String, Role> roles(long room) {
        return entities.createQuery("select m from MembershipRecord m where m.roomId = :room", MembershipRecord.class)
                .setParameter("room", room)
                .getResultStream()
                .collect(Collectors.toMap(MembershipRecord::accountId, MembershipRecord::role));
    }

    private List<Restriction> restrictions(long room) {
        return entities.createQuery(
                        "select r from RestrictionRecord r where r.roomId = :room"
                                + " and (r.endsAt is null or r.endsAt > :now)",
                        RestrictionRecord.class)
                .setParameter("room", room)
                .setParameter("now", now().atOffset(ZoneOffset.UTC))
                .getResultStream()
                .map(RestrictionRecord::restriction)
                .toList();
    }

    /** An account that has a role in a room. */
    public record Belonging(String userId, String username, Role role) {}

    public List<Belonging> members(RoomName name) {
        return entities.createQuery(
                        "select a.id, a.name, m.role from MembershipRecord m"
                                + " join AccountRecord a on a.id = m.accountId"
                                + " join RoomRulesRecord r on r.id = m.roomId where r.name = :name order by a.name",
                        Object[].class)
                .setParameter("name", name.value())
                .getResultStream()
                .map(row -> new Belonging((String) row[0], (String) row[1], (Role) row[2]))
                .toList();
    }

    /** The rooms in which an account has a role, by name. */
    public List<RoomName> belongings(String account, int limit) {
        return entities.createQuery(
                        "select r.name from MembershipRecord m join RoomRulesRecord r on r.id = m.roomId"
                                + " where m.accountId = :account order by r.name",
                        String.class)
                .setParameter("account", account)
                .setMaxResults(limit)
                .getResultStream()
                .map(RoomName::new)
                .toList();
    }

    /** See {@link RoomDirectory#page}. */
    List<RoomDirectory.Listed> listed(String beginning, String after, int limit) {
        // EclipseLink compares a boolean with 0, which H2 refuses; so the database makes a number of it first.
        return entities.createQuery(
                        "select r from RoomRulesRecord r where r.kind in :known and SQL('case when ? then 1 else 0 end', r.archived) = 0"
                                + " and lower(r.name) like :beginning escape '!' and r.name > :after order by r.name",
                        RoomRulesRecord.class)
                .setParameter("known", RoomDirectory.KNOWN)
                .setParameter("beginning", beginning.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%")
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> new RoomDirectory.Listed(
                        row.name(), row.rules().kind(), row.rules().passwordHash() != null))
                .toList();
    }

    /** Fails with a unique violation if there is such a room already. */
    public void insert(RoomName name, RoomRules rules, String owner) {
        var row = new RoomRulesRecord(name.value(), rules, now());
        entities.persist(row);
        // Nothing tells EclipseLink that memberships refer to rooms, so it might insert them first.
        entities.flush();
        entities.persist(new MembershipRecord(row.id(), owner, Role.OWNER, now()));
        entities.flush();
    }

    /** @return the rules as they are now; empty if there is no such room */
    public Optional<RoomRules> change(RoomName name, UnaryOperator<RoomRules> change) {
        return findLocked(name).map(row -> {
            row.set(change.apply(row.rules()));
            entities.flush();
            return row.rules();
        });
    }

    /**
     * @param role null to take it
     * @return false if there is no such room
     * @throws Refusal FORBIDDEN if there are too many already
     */
    public boolean grant(RoomName name, String account, Role role) {
        return findLocked(name)
                .map(row -> {
                    var member = entities.find(MembershipRecord.class, new MembershipRecord.Key(row.id(), account));
                    if (role == null) {
                        Optional.ofNullable(member).ifPresent(entities::remove);
                    } else if (member != null) {
                        member.setRole(role);
                    } else {
                        requirePlace(roles(row.id()).size(), "members");
                        entities.persist(new MembershipRecord(row.id(), account, role, now()));
                    }
                    entities.flush();
                    return true;
                })
                .orElse(false);
    }

    /**
     * Puts restrictions in place of earlier ones of the same kind and subject, and forgets what is over. A room that has no row yet
     * gets one.
     *
     * @param whom what they are found by later
     *
     * @throws Refusal FORBIDDEN if there are too many already
     */
    public void restrict(RoomName name, Collection<Restriction> restrictions, Username whom) {
        var room = findLocked(name).orElseGet(() -> {
            var made = new RoomRulesRecord(name.value(), RoomRules.OPEN, now());
            entities.persist(made);
            entities.flush();
            return made;
        });
        entities.createQuery("delete from RestrictionRecord r where r.roomId = :room and r.endsAt <= :now")
                .setParameter("room", room.id())
                .setParameter("now", now().atOffset(ZoneOffset.UTC))
                .executeUpdate();
        requirePlace(restrictions(room.id()).size(), "bans and mutes");
        for (var restriction : restrictions) {
            var key = new RestrictionRecord.Key(room.id(), restriction.kind(), restriction.subject());
            var earlier = entities.find(RestrictionRecord.class, key);
            if (earlier != null) {
                earlier.endAt(restriction.until());
            } else {
                entities.persist(new RestrictionRecord(room.id(), restriction, whom.value(), now()));
            }
        }
        entities.flush();
    }

    /** Ends the restrictions of somebody, by the name that it had. @return false if there were none */
    public boolean lift(RoomName name, Restriction.Kind kind, Username whom) {
        return entities.createQuery("delete from RestrictionRecord x where x.kind = :kind and x.name = :whom"
                                + " and x.roomId = (select r.id from RoomRulesRecord r where r.name = :name)")
                        .setParameter("kind", kind)
                        .setParameter("whom", whom.value())
                        .setParameter("name", name.value())
                        .executeUpdate()
                > 0;
    }

    private Optional<RoomRulesRecord> find(RoomName name) {
        return entities.createQuery("select r from RoomRulesRecord r where r.name = :name", RoomRulesRecord.class)
                .setParameter("name", name.value())
                .getResultStream()
                .findFirst();
    }

    private Optional<RoomRulesRecord> findLocked(RoomName name) {
        return entities.createQuery("select r from RoomRulesRecord r where r.name = :name", RoomRulesRecord.class)
                .setParameter("name", name.value())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
    }

    static void requirePlace(int taken, String what) {
        if (taken >= MOST_OF_A_KIND) {
            throw new Refusal(ErrorCode.FORBIDDEN, "This room has too many " + what + " already.");
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
