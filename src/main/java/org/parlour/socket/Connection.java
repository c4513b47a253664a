package org.parlour.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.parlour.config.ChatConfig;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.Bundle;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.Outgoing;
import org.parlour.room.Feed;
import org.parlour.room.Receiver;

/** One WebSocket connection: what is sent on it, and whether it is alive. Safe for any thread. */
final class Connection implements Receiver {

    private final String id = UUID.randomUUID().toString();
    private final Session session;
    private final ChatMetrics metrics;
    private final Outbox outbox;

    /** When the client was last heard of, in {@link System#nanoTime}. */
    private volatile long heard = System.nanoTime();

    /** When it was last asked for a sign of life; only the heartbeat's thread knows. */
    private long pinged = heard;

    private volatile boolean closing;

    private volatile boolean deaf;

    /** Whether a send has failed: the peer is gone, or the server gave up waiting for it. */
    private volatile boolean lost;

    private volatile boolean timedOut;

    Connection(Session session, Face face, Feeder feeder, ChatConfig config, ChatMetrics metrics) {
        this.session = session;
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
        // When a send fails, what the client said before it went is still to be heard: the server's own close
        // comes after it.
        if (!lost) {
            closeAsSlow();
        }
    }

    private void closeAsSlow() {
        metrics.slowConsumerClosed();
        timedOut = true;
        close(CloseCode.SLOW_CONSUMER);
    }

    /** Unique among all connections that are or were. */
    String id() {
        return id;
    }

    Face face() {
        return outbox.face();
    }

    /** From now on speaks with this face. */
    void speak(Face face) {
        outbox.speak(face);
    }

    @Override
    public String connection() {
        return id;
    }

    // Nobody would feed it what it does not take: so it may use up what answers may.
    @Override
    public void tell(Outgoing message) {
        if (!offer(Bundle.of(List.of(message)))) {
            answer(message);
        }
    }

    /** @return false if the budget is used up and nothing was taken */
    boolean offer(Bundle events) {
        var taken = outbox.offer(events);
        if (!taken) {
            metrics.readerFellBehind();
        }
        return taken;
    }

    void answer(Outgoing answer) {
        outbox.answer(answer);
    }

    void answer(Feed feed) {
        outbox.answer(feed);
    }

    /** Ends it. Only the first code counts. */
    void close(CloseCode code) {
        if (closing) {
            return;
        }
        closing = true;
        metrics.closed(code.name());
        outbox.close();
        try {
            session.close(new CloseReason(CloseCodes.getCloseCode(code.code()), code.name()));
        } catch (IOException | IllegalStateException alreadyClosed) {
            metrics.sendFailed();
        }
    }

    /** Ends it when everything that was to be sent has been. What the client still says is not heard. */
    void closeBehind(CloseCode code) {
        // Not at once: a close drops what is still to be sent, and the client is to be told why.
        stopListening();
        answer(new Feed() {
            @Override
            public List<Outgoing> next() {
                close(code);
                return List.of();
            }

            @Override
            public List<Outgoing> failed() {
                close(code);
                return List.of();
            }
        });
    }

    /** From now on what the client says is not heard; it will say it again elsewhere. */
    void stopListening() {
        deaf = true;
    }

    /** Whether what the client still sends is of no interest. */
    boolean isDeaf() {
        return deaf || closing;
    }

    /** Whether everything that was to be sent has been. */
    boolean isIdle() {
        return closing || outbox.isEmpty();
    }

    /** The client has closed it, or it broke. */
    void gone() {
        closing = true;
        outbox.close();
    }

    void heard() {
        heard = System.nanoTime();
    }

    /** Whether the server gave it up. */
    boolean isTimedOut() {
        return timedOut;
    }

    /** Ends the connection if the client gives no sign of life, or takes nothing of what is sent; asks it for one if it is due. */
    void beat(Duration heartbeat, Duration silenceLimit, Duration stallLimit) {
        var now = System.nanoTime();
        var stalled = outbox.stalledNanos();
        if (lost || stalled > stallLimit.toNanos()) {
            closeAsSlow();
        } else if (now - heard > silenceLimit.toNanos()) {
            timedOut = true;
            close(CloseCode.HEARTBEAT_LOST);
        } else if (stalled == 0 && !closing && now - pinged >= heartbeat.toNanos()) {
            pinged = now;
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
