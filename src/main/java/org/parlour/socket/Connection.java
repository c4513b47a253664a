package org.parlour.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.parlour.config.ChatConfig;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.Outgoing;
import org.parlour.room.Feed;
import org.parlour.room.Member;

/** One WebSocket connection, as a member of its room. Safe for any thread. */
final class Connection implements Member {

    private final String id = UUID.randomUUID().toString();
    private final Session session;
    private final Face face;
    private final ChatMetrics metrics;
    private final Outbox outbox;

    /** When the client was last heard of, in {@link System#nanoTime}. */
    private volatile long heard = System.nanoTime();

    private volatile boolean closing;

    /** Whether a send has failed: the peer is gone, or the server gave up waiting for it. */
    private volatile boolean lost;

    private volatile boolean timedOut;

    Connection(Session session, Face face, Executor feeder, ChatConfig config, ChatMetrics metrics) {
        this.session = session;
        this.face = face;
        this.metrics = metrics;
        this.outbox = new Outbox(this::send, feeder, face, config.outboxEvents(), config.outboxBytes(), this::broken);
    }

    private void send(String frame, Consumer<Throwable> done) {
        try {
            session.getAsyncRemote().sendText(frame, result -> sent(result.getException(), done));
        } catch (RuntimeException alreadyClosed) {
            sent(alreadyClosed, done);
        }
    }

    private void sent(Throwable failure, Consumer<Throwable> done) {
        if (failure != null) {
            metrics.sendFailed();
            lost = true;
        }
        done.accept(failure);
    }

    private void broken() {
        // When a send fails, what the client said before it went is still to be heard: the server's own close comes
        // after it.
        if (!lost) {
            closeAsSlow();
        }
    }

    private void closeAsSlow() {
        metrics.slowConsumerClosed();
        timedOut = true;
        close(CloseCode.SLOW_CONSUMER);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Face face() {
        return face;
    }

    @Override
    public boolean offer(Outgoing event) {
        var taken = outbox.offer(event);
        if (!taken) {
            metrics.readerFellBehind();
        }
        return taken;
    }

    @Override
    public void answer(Outgoing answer) {
        outbox.answer(answer);
    }

    @Override
    public void answer(Feed feed) {
        outbox.answer(feed);
    }

    @Override
    public void close(CloseCode code) {
        if (closing) {
            return;
        }
        closing = true;
        outbox.close();
        try {
            session.close(new CloseReason(CloseCodes.getCloseCode(code.code()), code.name()));
        } catch (IOException | IllegalStateException alreadyClosed) {
            metrics.sendFailed();
        }
    }

    /** Whether the server has ended it; what the client still sends is of no interest. */
    boolean isClosing() {
        return closing;
    }

    /** The client has closed it, or it broke. */
    void gone() {
        closing = true;
        outbox.close();
    }

    void heard() {
        heard = System.nanoTime();
    }

    /** Why the member goes, if it goes now. */
    String reasonToLeave() {
        return timedOut ? "timeout" : "quit";
    }

    /** Asks the client for a sign of life, or ends the connection if it gives none or takes nothing of what is sent. */
    void beat(Duration silenceLimit, Duration stallLimit) {
        var stalled = outbox.stalledNanos();
        if (lost || stalled > stallLimit.toNanos()) {
            closeAsSlow();
        } else if (System.nanoTime() - heard > silenceLimit.toNanos()) {
            timedOut = true;
            close(CloseCode.HEARTBEAT_LOST);
        } else if (stalled == 0 && !closing) {
            ping();
        }
    }

    private void ping() {
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | RuntimeException alreadyClosed) {
            metrics.sendFailed();
        }
    }
}
