package org.parlour.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.parlour.config.ChatConfig;

/**
 * Says what it is told, for suites that test a server against RFC 6455: text through the product's {@link FrameAssembler}, binary in
 * the same way. {@code ?limits=off} lifts the limit on the length of a message. Never part of the product.
 */
@ServerEndpoint("/ws/{anything}")
public class EchoEndpoint {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private FrameAssembler frames;
    private int maxBytes;

    @OnOpen
    public void open(Session session) {
        var unlimited = session.getRequestParameterMap()
                .getOrDefault("limits", List.of())
                .contains("off");
        maxBytes = unlimited ? Integer.MAX_VALUE : ChatConfig.defaults().maxFrameBytes();
        frames = new FrameAssembler(maxBytes);
        session.setMaxIdleTimeout(-1);
    }

    @OnMessage
    public void text(String part, boolean last, Session session) throws IOException {
        // Not the basic remote: messages are read on I/O threads, which must not wait until a long answer is taken.
        try {
            var whole = frames.add(part, last);
            if (whole.isPresent() && session.isOpen()) {
                session.getAsyncRemote().sendText(whole.get());
            }
        } catch (FrameAssembler.TooBig tooBig) {
            close(session);
        }
    }

    @OnMessage
    public void binary(ByteBuffer part, boolean last, Session session) throws IOException {
        if (part.remaining() > maxBytes - bytes.size()) {
            bytes.reset();
            close(session);
            return;
        }
        var copy = new byte[part.remaining()];
        part.get(copy);
        bytes.writeBytes(copy);
        if (last && session.isOpen()) {
            session.getAsyncRemote().sendBinary(ByteBuffer.wrap(bytes.toByteArray()));
            bytes.reset();
        }
    }

    private static void close(Session session) throws IOException {
        session.close(new CloseReason(CloseCodes.TOO_BIG, "TOO_BIG"));
    }
}
