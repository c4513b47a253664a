package org.parlour.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import org.parlour.auth.Action;
import org.parlour.auth.RoomAccess;
import org.parlour.auth.RoomBook;
import org.parlour.history.Addressee;
import org.parlour.history.Pair;
import org.parlour.history.ReadMarkers;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.ServerMessage;

/** How far accounts have read, and that their other connections learn of it. The member's further requests wait for the database. */
@ApplicationScoped
public class Markers {

    @Inject
    private Addressing addressing;

    @Inject
    private Aside aside;

    @Inject
    private ReadMarkers markers;

    @Inject
    private Whereabouts whereabouts;

    /** @throws Refusal or tells it to the caller */
    void read(Caller caller, ClientMessage.Read request) {
        if (caller.member.identity().isGuest()) {
            throw new Refusal(ErrorCode.FORBIDDEN, "This takes an account.");
        }
        if (request.seq() == null || request.seq() < 0) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "\"seq\" is what was read last.", "seq");
        }
        if (request.with() == null && request.userId() == null) {
            caller.require(Action.READ);
            mark(caller, request, caller.room.name(), null);
            return;
        }
        var sought = Addressing.Sought.of("with", request.with(), request.userId(), true);
        addressing.find(caller, sought, request.ref(), mate -> {
            var pair = Pair.of(caller.member.id(), mate.id());
            RoomAccess.require(
                    Action.READ, RoomBook.direct(pair.one(), pair.other()), caller.member.visitor(), Instant.now());
            mark(caller, request, pair.room(), mate);
        });
    }

    private void mark(Caller caller, ClientMessage.Read request, RoomName room, Addressee mate) {
        var account = caller.member.id();
        aside.ask(caller, request.ref(), () -> markers.advance(account, room, request.seq()), marked -> {
            caller.answer(marker(request.ref(), room, mate, marked.seq()));
            if (marked.moved()) {
                var told = new Outgoing(marker(null, room, mate, marked.seq()));
                whereabouts.of(account).stream()
                        .filter(one -> !one.connection().equals(caller.member.connection()))
                        .forEach(one -> one.tell(told));
            }
        });
    }

    private static ServerMessage marker(String ref, RoomName room, Addressee mate, long seq) {
        return mate == null
                ? new ServerMessage.ReadMarker(ref, room.value(), null, null, seq)
                : new ServerMessage.ReadMarker(ref, null, mate.name(), mate.id(), seq);
    }
}
