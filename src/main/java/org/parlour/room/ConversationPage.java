package org.parlour.room;

import java.util.List;
import org.parlour.history.Addressee;
import org.parlour.history.MessageLog;
import org.parlour.history.Pair;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.ServerMessage;

/** One page of a conversation of two, as the answer to one request of one of them. */
final class ConversationPage implements Feed {

    private final Caller caller;
    private final MessageLog log;
    private final Addressee reader;
    private final Addressee mate;
    private final Pages.Wanted wanted;
    private final String ref;
    private boolean told;

    ConversationPage(Caller caller, MessageLog log, Addressee reader, Addressee mate, Pages.Wanted wanted, String ref) {
        this.caller = caller;
        this.log = log;
        this.reader = reader;
        this.mate = mate;
        this.wanted = wanted;
        this.ref = ref;
    }

    @Override
    public List<Outgoing> next() {
        if (told) {
            return List.of();
        }
        told = true;
        try {
            var page = Pages.read(wanted, log, Pair.of(reader.id(), mate.id()).room());
            var events = page.events().stream()
                    .map(event -> Events.toPrivate(event, reader, mate))
                    .toList();
            return List.of(new Outgoing(new ServerMessage.Batch(
                    "history", null, mate.name(), mate.id(), ref, page.more(), page.first(), page.last(), events)));
        } catch (Refusal refusal) {
            return List.of(caller.refused(refusal, ref));
        }
    }

    @Override
    public List<Outgoing> failed() {
        return List.of(new Outgoing(Refusal.storageUnavailable().ofRequest(ref).answer()));
    }
}
