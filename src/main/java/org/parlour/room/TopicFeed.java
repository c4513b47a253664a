package org.parlour.room;

import java.util.List;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.ServerMessage;

/** Tells one member the room's topic, from the log. */
final class TopicFeed implements Feed {

    private final Room room;
    private final String ref;
    private boolean told;

    TopicFeed(Room room, String ref) {
        this.room = room;
        this.ref = ref;
    }

    @Override
    public List<Outgoing> next() {
        if (told) {
            return List.of();
        }
        told = true;
        var topic = room.log().head(room.name()).topic();
        return List.of(new Outgoing(new ServerMessage.Notice(
                "TOPIC",
                topic.isEmpty() ? "This room has no topic." : "The topic is: " + topic,
                room.name().value(),
                ref,
                topic)));
    }

    @Override
    public List<Outgoing> failed() {
        return List.of(new Outgoing(Refusal.storageUnavailable().ofRequest(ref).answer()));
    }
}
