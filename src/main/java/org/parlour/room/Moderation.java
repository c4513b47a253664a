package org.parlour.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.parlour.auth.Invitation;
import org.parlour.auth.Invitations;
import org.parlour.auth.Restriction;
import org.parlour.auth.RoomAccess;
import org.parlour.auth.RoomRules;
import org.parlour.auth.RoomSettings;
import org.parlour.auth.Rooms;
import org.parlour.auth.Visitor;
import org.parlour.config.ServerThreads;
import org.parlour.history.Draft;
import org.parlour.history.Readers;
import org.parlour.limits.ClientAddress;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.storage.RootCause;

/** Does to somebody what a moderator has asked for. Aside: it takes the database, or the lock that somebody's leaving needs. */
@ApplicationScoped
public class Moderation {

    private static final Logger LOG = System.getLogger(Moderation.class.getName());

    @Inject
    private Rooms rooms;

    @Inject
    private Invitations invitations;

    @Inject
    private Deletions deletions;

    @Inject
    private Readers readers;

    @Inject
    private ServerThreads threads;

    /**
     * Returns at once; {@code then} is called once, on another thread, when it is done or refused.
     *
     * @param then is given null, or why not
     * @throws Refusal OVERLOADED if the server is stopping
     */
    void rule(Room room, Visitor by, Ruling ruling, Consumer<Refusal> then) {
        aside(
                () -> {
                    ruleNow(room, by, ruling);
                    return null;
                },
                done -> then.accept(null),
                then);
    }

    /** Makes an invitation; as {@link #rule}, but that one of the two is called. */
    void invite(Room room, Visitor by, Invitation wanted, Consumer<Invitations.Made> then, Consumer<Refusal> refused) {
        aside(() -> invitations.make(room.name(), wanted, by), then, refused);
    }

    /** Sets how often people may speak; as {@link #invite}. @param seconds 0 for as often as they like */
    void slow(Room room, Visitor by, int seconds, Consumer<RoomRules> then, Consumer<Refusal> refused) {
        aside(() -> rooms.set(room.name(), RoomSettings.slow(seconds), by), then, refused);
    }

    /** Closes the room; as {@link #invite}. */
    void archive(Room room, Visitor by, Consumer<Void> then, Consumer<Refusal> refused) {
        aside(
                () -> {
                    rooms.archive(room.name(), by);
                    return null;
                },
                then,
                refused);
    }

    /** Finds out whether a message may be deleted; as {@link #invite}. */
    void delete(Room room, Deletions.Wanted wanted, Consumer<Draft> then, Consumer<Refusal> refused) {
        aside(() -> deletions.permitted(wanted, room.people().members()), then, refused);
    }

    private <T> void aside(Supplier<T> work, Consumer<T> then, Consumer<Refusal> refused) {
        try {
            threads.readers().execute(() -> {
                T done;
                try {
                    // Within the bounds of all that is asked of the database for members.
                    done = readers.inTurn(work);
                } catch (Refusal refusal) {
                    refused.accept(refusal);
                    return;
                } catch (Exception failure) {
                    LOG.log(Level.WARNING, () -> "A moderator's request failed: " + RootCause.of(failure));
                    refused.accept(Refusal.storageUnavailable());
                    return;
                }
                then.accept(done);
            });
        } catch (RejectedExecutionException stopping) {
            throw Refusal.busy();
        }
    }

    private void ruleNow(Room room, Visitor by, Ruling ruling) {
        var present = room.people().called(ruling.whom());
        switch (ruling.verb()) {
            case KICK -> rooms.kick(room.name(), room.book(), here(present, ruling), ruling.reason(), by);
            case BAN -> restrict(Restriction.Kind.BAN, room, present, by, ruling);
            case MUTE -> restrict(Restriction.Kind.MUTE, room, present, by, ruling);
            case UNBAN -> rooms.lift(room.name(), Restriction.Kind.BAN, ruling.whom(), by);
            case ROLE -> grant(room, present, by, ruling);
            case UNMUTE -> rooms.lift(room.name(), Restriction.Kind.MUTE, ruling.whom(), by);
        }
    }

    private void grant(Room room, List<Member> present, Visitor by, Ruling ruling) {
        if (present.stream().anyMatch(member -> member.identity().isGuest())) {
            throw new Refusal(ErrorCode.FORBIDDEN, "A guest has no role: that takes an account.", "username");
        }
        rooms.grant(room.name(), ruling.whom(), ruling.granted(), by);
    }

    private void restrict(Restriction.Kind kind, Room room, List<Member> present, Visitor by, Ruling ruling) {
        var subject = present.isEmpty()
                ? rooms.account(ruling.whom()).orElseThrow(Moderation::nobody)
                : here(present, ruling);
        var addresses = ruling.address() ? addressesOf(present) : Set.<String>of();
        rooms.restrict(room.name(), kind, subject, addresses, ruling.until(), ruling.reason(), by);
    }

    private static Rooms.Subject here(List<Member> present, Ruling ruling) {
        return present.stream()
                .findFirst()
                .map(member -> new Rooms.Subject(member.id(), ruling.whom(), RoomAccess.hasOffice(member.visitor())))
                .orElseThrow(Moderation::nobody);
    }

    private static Set<String> addressesOf(List<Member> members) {
        return members.stream()
                .map(member -> member.visitor().address())
                .filter(address -> address != null && !address.equals(ClientAddress.UNKNOWN))
                .collect(Collectors.toSet());
    }

    private static Refusal nobody() {
        return new Refusal(ErrorCode.USER_NOT_FOUND, "There is nobody of this name.", "username");
    }
}
