package org.parlour.socket;

import io.github.bucket4j.TimeMeter;
import java.util.ArrayList;
import java.util.List;
import org.parlour.config.AdmissionConfig;
import org.parlour.limits.Allowance;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;

/**
 * What one connection may still do. A refusal says when to try again; whoever goes on regardless {@link #floods}. Refusals for what
 * others use up, of the same address or on the same server, are not held against the connection. Safe for any thread.
 */
final class Pass {

    private static final String TOO_FAST = "You are sending too fast. Please wait a moment.";
    private static final String CROWDED = "Too much comes from your address. Please try again in a moment.";

    private final AdmissionConfig limits;
    private final Allowance frames;
    private final Allowance joins;
    private final Allowance breaches;
    private final Quota address;
    private final Quota server;
    private final Quotas users;
    private final ChatMetrics metrics;

    /** Guarded by this, and so is what follows but for reading {@link #user}. */
    private final List<RoomName> rooms = new ArrayList<>(1);

    private String userId;
    private volatile Quota user;
    private boolean named;
    private boolean closed;
    private volatile boolean flooding;

    /** Made by {@link Admission#enter}, which has counted the connection. */
    Pass(
            AdmissionConfig limits,
            RoomName room,
            Quota address,
            Quota server,
            Quotas users,
            ChatMetrics metrics,
            TimeMeter clock) {
        this.limits = limits;
        this.frames = new Allowance(limits.connection().messages(), clock);
        this.joins = new Allowance(limits.connection().joins(), clock);
        this.breaches = new Allowance(limits.breaches(), clock);
        this.address = address;
        this.server = server;
        this.users = users;
        this.metrics = metrics;
        rooms.add(room);
    }

    /**
     * For every whole text frame, before anything is made of it: a flood must not cost more than reading it.
     *
     * @throws Refusal RATE_LIMITED, with the request's {@code ref}
     */
    void frame(String text) {
        if (!frames.take()) {
            throw breach(frames).ofRequest(RequestRef.in(text));
        }
    }

    /** For every pong, which costs what a frame costs. Nobody is told; see whether it {@link #floods} now. */
    void pong() {
        if (!frames.take()) {
            breach(frames);
        }
    }

    /**
     * For every request but those that enter or leave a room.
     *
     * @throws Refusal RATE_LIMITED or OVERLOADED
     */
    void request() {
        var its = user;
        if (its != null && !its.messages().take()) {
            throw breach(its.messages());
        }
        if (!address.messages().take()) {
            throw limited(new Refusal(ErrorCode.RATE_LIMITED, CROWDED));
        }
        if (!server.messages().take()) {
            throw limited(Refusal.busy());
        }
    }

    /**
     * For entering a further room, before it is entered. A room that it is in already is not counted again.
     *
     * @throws Refusal TOO_MANY_ROOMS, RATE_LIMITED or OVERLOADED
     */
    synchronized void join(RoomName room) {
        takeJoin();
        if (closed || rooms.contains(room)) {
            return;
        }
        if (rooms.size() >= limits.connection().rooms() || user != null && !user.enter(room)) {
            throw limited(new Refusal(ErrorCode.TOO_MANY_ROOMS, "You are in too many rooms.", "room"));
        }
        rooms.add(room);
    }

    private void takeJoin() {
        var its = user;
        if (!joins.take()) {
            throw breach(joins);
        }
        if (its != null && !its.joins().take()) {
            throw breach(its.joins());
        }
        if (!address.joins().take()) {
            throw limited(new Refusal(ErrorCode.RATE_LIMITED, CROWDED));
        }
        if (!server.joins().take()) {
            throw limited(Refusal.busy());
        }
    }

    /** A room has been left, or could not be entered after all. */
    synchronized void leave(RoomName room) {
        if (rooms.remove(room) && user != null) {
            user.leave(room);
        }
    }

    /**
     * Says whose connection this is; again, if it turns out to be another's.
     *
     * @throws NoEntry if this user has too many connections, or rooms; it stays counted as whose it was
     */
    synchronized void identified(String id) throws NoEntry {
        if (closed || id.equals(userId)) {
            return;
        }
        var its = users.connect(id)
                .orElseThrow(() -> turnedAway(NoEntry.tooManyConnections("You have too many connections open.")));
        for (int i = 0; i < rooms.size(); i++) {
            if (!its.enter(rooms.get(i))) {
                rooms.subList(0, i).forEach(its::leave);
                its.disconnect();
                throw turnedAway(NoEntry.tooManyConnections("You are in too many rooms."));
            }
        }
        forgetUser();
        user = its;
        userId = id;
    }

    private NoEntry turnedAway(NoEntry refused) {
        metrics.turnedAway();
        return refused;
    }

    /** It has a name now, wherever. */
    synchronized void named() {
        if (!named && !closed) {
            named = true;
            address.oneUnnamedLess();
            server.oneUnnamedLess();
        }
    }

    /** Whether it has gone on against so many refusals that it is to be closed with FLOOD. */
    boolean floods() {
        return flooding;
    }

    /** The connection is gone. */
    synchronized void close() {
        if (closed) {
            return;
        }
        named();
        closed = true;
        forgetUser();
        address.disconnect();
        server.disconnect();
    }

    private void forgetUser() {
        if (user != null) {
            rooms.forEach(user::leave);
            user.disconnect();
            user = null;
        }
    }

    private Refusal breach(Allowance over) {
        if (!breaches.take() && !flooding) {
            flooding = true;
            metrics.floodEnded();
        }
        return limited(Refusal.rateLimited(TOO_FAST, over.waitMillis()));
    }

    private Refusal limited(Refusal refusal) {
        metrics.rateLimited();
        return refusal;
    }
}
