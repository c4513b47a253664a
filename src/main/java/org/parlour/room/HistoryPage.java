package org.parlour.room;

import java.util.List;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.ServerMessage;

/** One page of earlier messages, as the answer to one request: from memory if it is there, else from the log. */
final class HistoryPage implements Feed, Pages.Shelf {

    private final Caller caller;
    private final Room room;
    private final String ref;
    private final Pages.Wanted wanted;
    private boolean told;

    /** @throws Refusal BAD_MESSAGE */
    HistoryPage(Caller caller, ClientMessage.History request) {
        this.caller = caller;
        this.room = caller.room;
        this.ref = request.ref();
        this.wanted = new Pages.Wanted(request.limit(), request.before(), request.after(), request.around());
    }

    @Override
    public List<Outgoing> next() {
        if (told) {
            return List.of();
        }
        told = true;
        try {
            var page = Pages.read(wanted, this);
            var events = page.events().stream()
                    .map(event -> Events.toMessageFor(caller.seat.person.id, event))
                    .toList();
            return List.of(new Outgoing(new ServerMessage.Batch(
                    "history", room.name().value(), ref, page.more(), page.first(), page.last(), events)));
        } catch (Refusal refusal) {
            return List.of(caller.refused(refusal, ref));
        }
    }

    @Override
    public Pages.Page before(long seq, int limit) {
        if (limit < 1) {
            return new Pages.Page(List.of(), seq > purged() + 1);
        }
        // What happens from now on reaches the member live, behind this page.
        var before = Math.min(seq, room.memory().newest() + 1);
        var remembered = room.memory().remembered(limit, before);
        if (remembered.isPart(limit)) {
            return Pages.Page.of(room.log().spokenBefore(room.name(), before, limit + 1), limit, false);
        }
        // What lies before may be joins and leaves only; to know it would cost a query.
        var messages = remembered.messages();
        return new Pages.Page(
                messages,
                !messages.isEmpty()
                        && messages.size() == limit
                        && messages.get(0).seq() > room.memory().purged() + 1);
    }

    @Override
    public Pages.Page after(long seq, int limit) {
        return limit < 1
                ? new Pages.Page(List.of(), true)
                : Pages.Page.of(
                        room.log()
                                .spokenBetween(
                                        room.name(), seq + 1, room.memory().newest() + 1, limit + 1),
                        limit,
                        true);
    }

    @Override
    public long purged() {
        return room.memory().head().purged();
    }

    @Override
    public List<Outgoing> failed() {
        return List.of(new Outgoing(Refusal.storageUnavailable().ofRequest(ref).answer()));
    }
}
