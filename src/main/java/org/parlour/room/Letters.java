package org.parlour.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.parlour.auth.Action;
import org.parlour.auth.RoomAccess;
import org.parlour.auth.RoomBook;
import org.parlour.auth.RoomPolicies;
import org.parlour.auth.Rooms;
import org.parlour.auth.Visitor;
import org.parlour.history.Addressee;
import org.parlour.history.Inbox;
import org.parlour.history.MessageLog;
import org.parlour.history.Pair;
import org.parlour.history.Readers;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.ServerMessage;

/** What an account reads that is in no room: its conversations, and how far it has read everything. Blocks on the database. */
@ApplicationScoped
public class Letters {

    /** Each is asked about by itself, whether the account may know of it now. */
    private static final int MOST_ROOMS = 100;

    private static final String UNREAD = "The conversations of an account could not be read";

    @Inject
    private Addressing addressing;

    @Inject
    private Inbox inbox;

    @Inject
    private MessageLog log;

    @Inject
    private Rooms rooms;

    @Inject
    private RoomPolicies policies;

    @Inject
    private Readers readers;

    /** A page of a conversation. @param events for whoever reads it */
    public record Page(Addressee mate, List<ServerMessage> events, boolean more, Long first, Long last) {}

    /** Its conversations, see {@link Inbox#conversations}. @throws Refusal STORAGE_UNAVAILABLE */
    public List<Inbox.Entry> conversations(Visitor who, Instant at, long room, int limit) {
        return Blocking.done(
                UNREAD,
                () -> readers.inTurn(() -> inbox.conversations(who.identity().id(), at, room, limit)));
    }

    /** The rooms in which it has a role or a marker, and which it may read now; at most 100 are looked at. @throws Refusal STORAGE_UNAVAILABLE */
    public List<Inbox.Standing> rooms(Visitor who) {
        var account = who.identity().id();
        return Blocking.done(
                UNREAD,
                () -> readers.inTurn(() -> {
                    var names = new TreeSet<>(Comparator.comparing(RoomName::value));
                    names.addAll(rooms.belongings(who.identity(), MOST_ROOMS));
                    names.addAll(inbox.marked(account, MOST_ROOMS));
                    var readable = names.stream()
                            .limit(MOST_ROOMS)
                            .filter(name -> mayRead(name, who))
                            .toList();
                    return inbox.standings(account, readable);
                }));
    }

    private boolean mayRead(RoomName name, Visitor who) {
        try {
            rooms.toRead(name, policies.judged(name, who));
            return true;
        } catch (Refusal refusal) {
            if (refusal.code() == ErrorCode.STORAGE_UNAVAILABLE) {
                throw refusal;
            }
            return false;
        }
    }

    /** @throws Refusal USER_NOT_FOUND, STORAGE_UNAVAILABLE */
    public Page page(Visitor who, String username, Pages.Wanted wanted) {
        var me = who.identity();
        return Blocking.done(UNREAD, () -> {
            var mate = readers.inTurn(() -> addressing.find(me, username));
            var pair = Pair.of(me.id(), mate.id());
            RoomAccess.require(Action.READ, RoomBook.direct(pair.one(), pair.other()), who, Instant.now());
            var page = Pages.read(wanted, log, pair.room());
            var reader = new Addressee(me.id(), me.name().value());
            var events = page.events().stream()
                    .map(event -> Events.toPrivate(event, reader, mate))
                    .toList();
            return new Page(mate, events, page.more(), page.first(), page.last());
        });
    }
}
