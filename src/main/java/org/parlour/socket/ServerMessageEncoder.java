package org.parlour.socket;

import jakarta.websocket.Encoder;
import org.parlour.protocol.MessageJson;
import org.parlour.protocol.ServerMessage;

/**
 * {@link ServerMessage} to JSON text, for {@code sendObject}. Events do not come this way: they are encoded once for all members
 * ({@link org.parlour.protocol.Outgoing}), not once for each.
 */
public class ServerMessageEncoder implements Encoder.Text<ServerMessage> {

    @Override
    public String encode(ServerMessage message) {
        return MessageJson.encode(message);
    }
}
