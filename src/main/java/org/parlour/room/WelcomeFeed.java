package org.parlour.room;

import java.util.List;
import org.parlour.config.ChatConfig;
import org.parlour.history.RoomHead;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.ServerMessage;
import org.parlour.protocol.Username;

/** The first words to a member with the full face: where the log stands. From there on it gets every event. */
final class WelcomeFeed implements Feed {

    private final Room room;
    private final Member member;
    private final ChatConfig config;
    private boolean said;

    WelcomeFeed(Room room, Member member, ChatConfig config) {
        this.room = room;
        this.member = member;
        this.config = config;
    }

    @Override
    public List<Outgoing> next() {
        if (said) {
            return List.of();
        }
        said = true;
        var head = room.log().head(room.name());
        return List.of(new Outgoing(welcome(head, room.admit(member, head.lastSeq()))));
    }

    /** Without the head it cannot be told from where on it hears everything. */
    @Override
    public List<Outgoing> failed(RuntimeException failure) {
        member.close(CloseCode.STORAGE_DOWN);
        return List.of();
    }

    private ServerMessage welcome(RoomHead head, long liveAfter) {
        return new ServerMessage.Welcome(
                1,
                config.serverName(),
                member.id(),
                room.name().value(),
                head.epoch(),
                liveAfter,
                Math.min(1, liveAfter),
                null,
                false,
                new ServerMessage.Limits(
                        config.maxFrameBytes(), config.maxContentLength(), Username.MAX_LENGTH, config.historyLimit()),
                config.heartbeat().toMillis());
    }
}
