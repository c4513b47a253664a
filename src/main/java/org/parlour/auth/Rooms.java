package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.parlour.config.ChatConfig;
import org.parlour.config.RoomMakers;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.Username;
import org.parlour.storage.StorageFailure;

/**
 * How rooms are set, and who is what in them. Every method but {@link #version} blocks on the database; while that is away it is
 * refused with STORAGE_UNAVAILABLE.
 */
@ApplicationScoped
public class Rooms {

    @Inject
    private RoomRows rows;

    @Inject
    private Accounts accounts;

    @Inject
    private Passwords passwords;

    @Inject
    private Audit audit;

    @Inject
    private Event<RoomChanged> observers;

    @Inject
    private ChatConfig config;

    /** Counts what changes, in whatever room. */
    private final AtomicLong changes = new AtomicLong();

    /** A book of an older version may be out of date. */
    public long version() {
        return changes.get();
    }

    /**
     * What decides about a room, for somebody who wants something of it. A room that does not exist and that it may make by entering is
     * open.
     *
     * @throws Refusal ROOM_NOT_FOUND if it may not know whether the room exists; that takes as long if it does not
     */
    public RoomBook toEnter(RoomName name, Visitor who) {
        var version = version();
        if (isFound(name, who, version)) {
            return accounts.stored(() -> rows.book(name, version)).orElseGet(() -> RoomBook.open(version));
        }
        var isForeign = who.verdict() != null;
        if (!RoomAccess.isDirect(name)
                && (isForeign
                        ? who.verdict().role() != null
                        : RoomAccess.isMadeByEntering(name) && mayMake(who.identity()))) {
            return RoomBook.open(version);
        }
        throw RoomAccess.notFound();
    }

    /**
     * What decides about a room that exists.
     *
     * @throws Refusal ROOM_NOT_FOUND if there is none, or it may not know of it
     */
    RoomBook existing(RoomName name, Visitor who) {
        var version = version();
        if (!isFound(name, who, version)) {
            throw RoomAccess.notFound();
        }
        return accounts.stored(() -> rows.book(name, version)).orElseThrow(RoomAccess::notFound);
    }

    /**
     * What decides about a room that exists, for somebody who may read it.
     *
     * @throws Refusal see {@link RoomAccess#require}
     */
    public RoomBook toRead(RoomName name, Visitor who) {
        var book = existing(name, who);
        RoomAccess.require(Action.READ, book, who, Instant.now());
        return book;
    }

    /** What decides about a room now, whoever asks; that of an open room if there is none. */
    public RoomBook current(RoomName name) {
        var version = version();
        return accounts.stored(() -> rows.book(name, version)).orElseGet(() -> RoomBook.open(version));
    }

    // Whether there is such a room, and this person may know of it: one query and one look at the rules.
    private boolean isFound(RoomName name, Visitor who, long version) {
        var id = who.identity().id();
        var glance = accounts.stored(() -> rows.glance(name, id)).orElse(null);
        if (glance == null || RoomAccess.isDirect(name)) {
            return false;
        }
        var roles = glance.role() == null ? Map.<String, Role>of() : Map.of(id, glance.role());
        return RoomAccess.isKnown(new RoomBook(glance.rules(), roles, Map.of(), version), who);
    }

    private boolean mayMake(Identity identity) {
        return switch (config.auth().roomMakers()) {
            case EVERYBODY -> true;
            case ACCOUNTS -> !identity.isGuest();
            case ADMINISTRATORS -> identity.administrator();
        };
    }

    /**
     * Sets a room, and makes it if there is none: its owner then is who makes it.
     *
     * @throws Refusal FORBIDDEN; BAD_MESSAGE if such a room may not be called so, or has no password, or it is to be made and has no
     *     kind; ROOM_NOT_FOUND where it is not to be known whether there is such a room
     */
    public RoomRules set(RoomName name, RoomSettings wanted, Visitor by) {
        if (wanted.kind() == RoomKind.DIRECT) {
            throw notAKind();
        }
        // Whatever the room is: else somebody would learn by the answer that it exists.
        var limits = RoomLimits.NONE.with(wanted);
        var version = version();
        if (!isFound(name, by, version)) {
            if (wanted.kind() == null) {
                throw notAKind();
            }
            requirePasswordFits(wanted.password(), wanted.kind());
            return make(
                    name,
                    new RoomRules(
                            wanted.kind(), hash(wanted.password()), Boolean.TRUE.equals(wanted.archived()), limits),
                    by);
        }
        var room = existing(name, by);
        RoomAccess.require(Action.CONFIGURE, room, by, Instant.now());
        var kind = wanted.kind() == null ? room.rules().kind() : wanted.kind();
        requirePasswordFits(wanted.password(), kind);
        requireNameFits(name, kind);
        var hash = hash(wanted.password());
        var rules = accounts.stored(() -> rows.change(name, old -> changed(old, wanted, kind, hash)))
                .orElseThrow(RoomAccess::notFound);
        changed(name, by, AuditEntry.Action.ROOM_CHANGED, null, rules.toString());
        return rules;
    }

    private static RoomRules changed(RoomRules old, RoomSettings wanted, RoomKind kind, String hash) {
        var its = wanted.password() == null ? old.passwordHash() : hash;
        return new RoomRules(
                kind,
                kind == RoomKind.PROTECTED ? its : null,
                wanted.archived() == null ? old.archived() : wanted.archived(),
                old.limits().with(wanted));
    }

    private static Refusal notAKind() {
        return new Refusal(ErrorCode.BAD_MESSAGE, "\"kind\" is open, protected or private.", "kind");
    }

    private static void requirePasswordFits(String password, RoomKind kind) {
        if (password != null && !password.isEmpty() && kind != RoomKind.PROTECTED) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "Only a protected room has a password.", "password");
        }
    }

    /**
     * Closes a room: it is left by everybody, and can still be read over REST and opened again there.
     *
     * @throws Refusal see {@link RoomAccess#require}
     */
    public void archive(RoomName name, Visitor by) {
        RoomAccess.require(Action.CONFIGURE, existing(name, by), by, Instant.now());
        var rules = accounts.stored(() -> rows.change(name, RoomRules::closed)).orElseThrow(RoomAccess::notFound);
        changed(name, by, AuditEntry.Action.ROOM_CHANGED, null, rules.toString());
    }

    private RoomRules make(RoomName name, RoomRules rules, Visitor by) {
        var identity = by.identity();
        if (by.verdict() != null && !identity.administrator()) {
            // Somebody else decides about this room, and nobody is to close it beforehand.
            throw RoomAccess.notFound();
        }
        if (identity.isGuest() || !mayMake(identity)) {
            throw new Refusal(ErrorCode.FORBIDDEN, "You may not make rooms here.");
        }
        if (RoomAccess.isDirect(name)) {
            throw RoomAccess.notFound();
        }
        requireNameFits(name, rules.kind());
        if (!RoomAccess.isMadeByEntering(name) && !isOwn(name, identity) || !inserted(name, rules, identity.id())) {
            throw RoomAccess.notFound();
        }
        changed(name, by, AuditEntry.Action.ROOM_MADE, null, rules.toString());
        return rules;
    }

    // Else whoever tries to make one would learn which there are.
    private static boolean isOwn(RoomName name, Identity identity) {
        return identity.administrator()
                || name.value().startsWith(RoomAccess.RESERVED + identity.name().value() + ":");
    }

    private boolean inserted(RoomName name, RoomRules rules, String owner) {
        return accounts.stored(() -> {
            try {
                rows.insert(name, rules, owner);
                return true;
            } catch (RuntimeException failure) {
                if (StorageFailure.of(failure) == StorageFailure.CONFLICT) {
                    return false;
                }
                throw failure;
            }
        });
    }

    // A private room that is called as an open one may be would be told by that.
    private void requireNameFits(RoomName name, RoomKind kind) {
        var isReserved = !RoomAccess.isMadeByEntering(name);
        if (isReserved && kind != RoomKind.PRIVATE) {
            throw new Refusal(
                    ErrorCode.BAD_MESSAGE, "Only private rooms have names with " + RoomAccess.RESERVED, "kind");
        }
        if (!isReserved && kind == RoomKind.PRIVATE && config.auth().roomMakers() != RoomMakers.ADMINISTRATORS) {
            throw new Refusal(
                    ErrorCode.BAD_MESSAGE,
                    "The name of a private room begins with " + RoomAccess.RESERVED + "YOUR-NAME:",
                    "kind");
        }
    }

    private String hash(String password) {
        return password == null || password.isEmpty() ? null : passwords.hash(password);
    }

    /**
     * Gives an account a role, or takes it.
     *
     * @param role null to take it, which everybody may do to himself but the last owner
     * @throws Refusal FORBIDDEN, USER_NOT_FOUND, ROOM_NOT_FOUND
     */
    public void grant(RoomName name, Username whom, Role role, Visitor by) {
        var now = Instant.now();
        var room = existing(name, by);
        RoomAccess.require(Action.READ, room, by, now);
        var account = accounts.byName(whom)
                .filter(found -> found.name().equals(whom))
                .orElseThrow(() -> new Refusal(ErrorCode.USER_NOT_FOUND, "There is no such account.", "username"));
        if (account.id().equals(by.identity().id()) && role == null) {
            requireAnotherOwner(room, account.id());
        } else {
            RoomAccess.requireOver(Action.GRANT, room, by, account.id(), false, now);
        }
        if (!accounts.stored(() -> rows.grant(name, account.id(), role))) {
            throw RoomAccess.notFound();
        }
        changed(name, by, AuditEntry.Action.ROLE_CHANGED, account.id(), role == null ? "none" : role.word());
    }

    /** Somebody to whom something is done. @param id of a guest or an account; @param office whether it is known to be above members, wherever that is written */
    public record Subject(String id, Username name, boolean office) {}

    /** Somebody by the name of its account, wherever it is. */
    public Optional<Subject> account(Username name) {
        return accounts.byName(name)
                .filter(found -> found.name().equals(name))
                .map(found -> new Subject(found.id(), found.name(), found.administrator()));
    }

    /** Takes note that somebody was put out, which is not kept otherwise. @throws Refusal if that may not be done */
    public void kick(RoomName name, RoomBook room, Subject whom, String reason, Visitor by) {
        RoomAccess.requireOver(Action.KICK, room, by, whom.id(), whom.office(), Instant.now());
        audit.note(AuditEntry.inRoom(
                by.identity(), AuditEntry.Action.KICKED, whom.id(), name.value(), reason, by.address()));
    }

    /**
     * Bans or mutes somebody.
     *
     * @param addresses that are banned as well; @param until null for ever; @param reason goes into the audit, or null
     * @throws Refusal see {@link RoomAccess#require}
     */
    public void restrict(
            RoomName name,
            Restriction.Kind kind,
            Subject whom,
            Set<String> addresses,
            Instant until,
            String reason,
            Visitor by) {
        var isBan = kind == Restriction.Kind.BAN;
        RoomAccess.requireOver(
                isBan ? Action.BAN : Action.MUTE, current(name), by, whom.id(), whom.office(), Instant.now());
        var restrictions = Stream.concat(Stream.of(whom.id()), addresses.stream())
                .map(subject -> new Restriction(kind, subject, until))
                .toList();
        accounts.stored(() -> {
            rows.restrict(name, restrictions, whom.name());
            return null;
        });
        changed(name, by, isBan ? AuditEntry.Action.BANNED : AuditEntry.Action.MUTED, whom.id(), reason);
    }

    /**
     * Ends the bans or mutes of somebody, by the name that it had then.
     *
     * @throws Refusal USER_NOT_FOUND if there are none, or see {@link RoomAccess#require}
     */
    public void lift(RoomName name, Restriction.Kind kind, Username whom, Visitor by) {
        var isBan = kind == Restriction.Kind.BAN;
        RoomAccess.require(isBan ? Action.BAN : Action.MUTE, current(name), by, Instant.now());
        if (!accounts.stored(() -> rows.lift(name, kind, whom))) {
            throw new Refusal(ErrorCode.USER_NOT_FOUND, "Nobody of this name is banned or muted here.", "username");
        }
        changed(name, by, isBan ? AuditEntry.Action.UNBANNED : AuditEntry.Action.UNMUTED, whom.value(), null);
    }

    private static void requireAnotherOwner(RoomBook room, String leaver) {
        var others = new HashMap<>(room.roles());
        if (others.remove(leaver) == Role.OWNER && !others.containsValue(Role.OWNER)) {
            throw new Refusal(ErrorCode.FORBIDDEN, "A room needs an owner. Make somebody else one first.");
        }
    }

    /** The rooms in which somebody has a role, by name. */
    public List<RoomName> belongings(Identity who, int limit) {
        return accounts.stored(() -> rows.belongings(who.id(), limit));
    }

    /** Who has a role in a room. */
    public List<RoomRows.Belonging> members(RoomName name, Visitor by) {
        toRead(name, by);
        return accounts.stored(() -> rows.members(name));
    }

    /** Lets it be known, after it has been committed, that a room's book is another one. */
    void changed(RoomName name, Visitor by, AuditEntry.Action action, String target, String detail) {
        changes.incrementAndGet();
        audit.note(AuditEntry.inRoom(by.identity(), action, target, name.value(), detail, by.address()));
        observers.fire(new RoomChanged(name));
    }
}
