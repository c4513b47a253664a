package org.parlour.room;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.parlour.auth.GuestTokens;
import org.parlour.auth.Identity;
import org.parlour.config.ChatConfig;
import org.parlour.history.RoomHead;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.ServerMessage;
import org.parlour.protocol.Username;

/**
 * The first words to a member of the full face: where the log stands, then what it missed or, for a newcomer with a name, what was
 * said last. Behind it the member is live, and nothing falls between.
 */
final class Arrival implements Feed {

    private final Room room;
    private final Seat seat;
    private final Greeting greeting;
    private final Refusal nameRefused;
    private final GuestTokens tokens;
    private final ChatConfig config;
    private final ChatMetrics metrics;
    private final ToIntFunction<Identity> waiting;
    private Feed rest;

    /** @param nameRefused why the member does not go by the name that it wished, or null; @param waiting see {@link ServerMessage.Welcome} */
    Arrival(
            Room room,
            Seat seat,
            Greeting greeting,
            Refusal nameRefused,
            GuestTokens tokens,
            ChatConfig config,
            ChatMetrics metrics,
            ToIntFunction<Identity> waiting) {
        this.room = room;
        this.seat = seat;
        this.greeting = greeting;
        this.nameRefused = nameRefused;
        this.tokens = tokens;
        this.config = config;
        this.metrics = metrics;
        this.waiting = waiting;
    }

    @Override
    public List<Outgoing> next() {
        if (rest != null) {
            return rest.next();
        }
        // Before anything is read, so that what it is told and what it reads meet.
        seat.member.reachable();
        var head = room.memory().head();
        var waits = waiting.applyAsInt(seat.member.identity());
        var first = new ArrayList<Outgoing>();
        var known = isKnown(head);
        if (greeting.since() != null) {
            metrics.resumed(known);
        }
        if (known) {
            room.flow().admitAfter(seat, greeting.since());
            first.add(new Outgoing(welcome(head, room.memory().newest(), true, waits)));
            rest = new CatchUp(room.flow(), seat);
        } else {
            var admitted = room.flow().admit(seat);
            first.add(new Outgoing(welcome(head, admitted.head(), false, waits)));
            admitted.acks().forEach(ack -> first.add(new Outgoing(ack)));
            rest = newcomersHistory();
        }
        if (nameRefused != null) {
            first.add(new Outgoing(nameRefused.inRoom(room.name()).answer()));
        }
        return first;
    }

    // Since 0 there is nothing that another log could have had.
    private boolean isKnown(RoomHead head) {
        var since = greeting.since();
        return since != null
                && since >= 0
                && since <= room.memory().newest()
                && since >= head.oldest() - 1
                && (since == 0 || head.epoch() != null && head.epoch().equals(greeting.epoch()));
    }

    private Feed newcomersHistory() {
        var limit = greeting.historyLimit() == null ? config.recentMessages() : greeting.historyLimit();
        if (limit < 1 || room.people().nameOf(seat).isEmpty()) {
            return Feed.NONE;
        }
        return HistoryFeed.recent(
                room, Math.min(limit, config.historyLimit()), room.memory().newest() + 1);
    }

    /** Without the head it cannot be told from where on it hears everything. */
    @Override
    public List<Outgoing> failed() {
        seat.member.turnAway(Refusal.storageUnavailable().inRoom(room.name()).ofRequest(greeting.ref()));
        return List.of();
    }

    private ServerMessage welcome(RoomHead head, long newest, boolean recovered, int waits) {
        var member = seat.member;
        var identity = member.identity();
        return new ServerMessage.Welcome(
                1,
                config.serverName(),
                member.connection(),
                greeting.ref(),
                room.name().value(),
                head.epoch(),
                newest,
                head.oldest(),
                recovered,
                room.people().nameOf(seat).map(Username::value).orElse(null),
                member.id(),
                !identity.isGuest(),
                identity.roles().isEmpty() ? null : identity.roles(),
                identity.isGuest() ? tokens.issue(member.id()) : null,
                waits == 0 ? null : waits,
                new ServerMessage.Limits(
                        config.maxFrameBytes(),
                        config.maxContentLength(),
                        Username.MAX_LENGTH,
                        Pages.MAX_LIMIT,
                        config.admission().connection().rooms()),
                config.heartbeat().toMillis());
    }
}
