package org.parlour.socket;

import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.DecodeException;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.parlour.auth.Identity;
import org.parlour.config.ChatConfig;
import org.parlour.config.ServerThreads;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.TextFrame;
import org.parlour.room.Departure;
import org.parlour.room.Entrance;
import org.parlour.room.RoomManager;
import org.parlour.room.Whereabouts;

/**
 * A client's way into a room. One instance for each connection; the container calls it with one message at a time. Text comes in
 * parts, because only then can its length be limited ({@link FrameAssembler}).
 */
@ServerEndpoint(
        value = "/ws/{room}",
        subprotocols = {"chat.v1.json", "chat.text"},
        decoders = ClientMessageDecoder.class,
        encoders = ServerMessageEncoder.class,
        configurator = Handshake.class)
public class ChatEndpoint {

    private static final Logger LOG = System.getLogger(ChatEndpoint.class.getName());

    private static final Refusal STOPPING =
            new Refusal(ErrorCode.OVERLOADED, "The server is restarting. Please come back in a moment.");

    private static final Refusal LOGIN_NEEDED =
            new Refusal(ErrorCode.NOT_AUTHENTICATED, "Guests cannot come in here. Please log in.");

    /** Whoever is thrown out does not come back to the place that it had. */
    private static final Set<Integer> DISMISSED = Set.of(
            CloseCode.NOT_AUTHENTICATED.code(),
            CloseCode.FORBIDDEN.code(),
            CloseCode.KICKED.code(),
            CloseCode.BANNED.code(),
            // By the container, when the session of somebody whom it has logged in ends (Jakarta WebSocket 2.1, section
            // 7.2).
            CloseCodes.VIOLATED_POLICY.getCode());

    /**
     * How long a client of the full face may take to say Hello; then it is greeted as somebody new. Its Hello needs a round trip, and on a
     * bad mobile network that takes most of a second.
     */
    private static final long HELLO_PATIENCE_MILLIS = 1_000;

    private final ClientMessageDecoder decoder = new ClientMessageDecoder();

    @Inject
    private RoomManager rooms;

    @Inject
    private Entrance entrance;

    @Inject
    private Whereabouts whereabouts;

    @Inject
    private Admission admission;

    @Inject
    private Connections connections;

    @Inject
    private Heartbeat heartbeat;

    @Inject
    private Feeder feeder;

    @Inject
    private Callers callers;

    @Inject
    private Proofs proofs;

    @Inject
    private ServerThreads threads;

    @Inject
    private ChatConfig config;

    @Inject
    private ChatMetrics metrics;

    private Connection connection;
    private Pass pass;
    private Conversation conversation;
    private FrameAssembler frames;

    @OnOpen
    public void open(Session session, @PathParam("room") String name) {
        var face = Handshake.faceOf(session);
        RoomName room;
        if (connections.isClosed()) {
            turnAway(session, face, STOPPING, CloseCode.GOING_AWAY);
            return;
        }
        try {
            room = new RoomName(name);
        } catch (Refusal refusal) {
            turnAway(session, face, refusal, CloseCode.NO_SUCH_ROOM);
            return;
        }
        var known = Handshake.identityOf(session);
        // A client of the full face may still say who it is: browsers cannot in the handshake.
        if (face != Face.FULL && !proofs.guestsMayEnter() && known.isEmpty()) {
            turnAway(session, face, LOGIN_NEEDED, CloseCode.NOT_AUTHENTICATED);
            return;
        }
        try {
            pass = enter(session, room, known);
        } catch (NoEntry refused) {
            turnAway(session, face, refused.refusal(), refused.code());
            return;
        }
        // The heartbeat decides who is idle. -1 and not 0: 0 still keeps a timer on some servers.
        session.setMaxIdleTimeout(-1);
        session.getAsyncRemote().setSendTimeout(config.stallLimit().toMillis());
        var newcomer = new Connection(session, face, feeder, config, metrics);
        conversation = new Conversation(
                newcomer,
                room,
                rooms,
                entrance,
                whereabouts,
                proofs,
                known.orElseGet(proofs::stranger),
                Handshake.addressOf(session),
                pass,
                this::failed);
        frames = new FrameAssembler(config.maxFrameBytes());
        // All before it begins: it may be told at once why it cannot come in, and closed.
        connection = newcomer;
        metrics.connectionOpened();
        connections.add(newcomer);
        callers.add(conversation);
        LOG.log(Level.DEBUG, () -> "Connection " + newcomer.id() + " is open, for room " + room);
        if (!begin(newcomer)) {
            turnAway(session, face, Refusal.busy(), CloseCode.OVERLOADED);
            return;
        }
        conversation.dismissIfEnded();
        heartbeat.start();
    }

    private Pass enter(Session session, RoomName room, Optional<Identity> known) throws NoEntry {
        var entered = admission.enter(Handshake.addressOf(session), room);
        if (known.isPresent()) {
            try {
                entered.identified(known.get().id());
            } catch (NoEntry refused) {
                entered.close();
                throw refused;
            }
            if (!known.get().isGuest()) {
                entered.named();
            }
        }
        return entered;
    }

    private boolean begin(Connection newcomer) {
        try {
            if (newcomer.face() == Face.FULL) {
                threads.scheduler().schedule(conversation::greet, HELLO_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } else {
                conversation.begin();
            }
            return true;
        } catch (RejectedExecutionException stopping) {
            return false;
        }
    }

    private void turnAway(Session session, Face face, Refusal refusal, CloseCode code) {
        metrics.refused(refusal.code().name());
        metrics.closed(code.name());
        try {
            if (face == Face.TEXT) {
                session.getAsyncRemote().sendText(refusal.getMessage());
            } else {
                session.getAsyncRemote().sendObject(refusal.answer());
            }
            session.close(new CloseReason(CloseCodes.getCloseCode(code.code()), code.name()));
        } catch (IOException alreadyClosed) {
            metrics.sendFailed();
        }
    }

    @OnMessage
    public void text(String part, boolean last) {
        if (isDeaf()) {
            return;
        }
        connection.heard();
        try {
            frames.add(part, last).ifPresent(this::frame);
        } catch (FrameAssembler.TooBig tooBig) {
            metrics.refused(CloseCode.TOO_BIG.name());
            connection.close(CloseCode.TOO_BIG);
        }
    }

    @OnMessage
    public void binary(ByteBuffer part, boolean last) {
        if (!isDeaf()) {
            metrics.refused(CloseCode.TEXT_ONLY.name());
            connection.close(CloseCode.TEXT_ONLY);
        }
    }

    @OnMessage
    public void pong(PongMessage pong) {
        if (!isDeaf()) {
            connection.heard();
            pass.pong();
            endFlood();
        }
    }

    private void endFlood() {
        if (pass.floods()) {
            connection.close(CloseCode.FLOOD);
        }
    }

    private boolean isDeaf() {
        return connection == null || connection.isDeaf();
    }

    private void frame(String text) {
        try {
            pass.frame(text);
            read(text).ifPresent(conversation::handle);
        } catch (RuntimeException failure) {
            failed(failure);
        }
    }

    private void failed(RuntimeException failure) {
        if (failure instanceof Refusal refusal) {
            refuse(refusal);
            endFlood();
        } else {
            LOG.log(Level.ERROR, () -> "A request failed on connection " + connection.id(), failure);
            refuse(new Refusal(ErrorCode.INTERNAL, "Something went wrong on the server."));
            connection.close(CloseCode.INTERNAL);
        }
    }

    private Optional<ClientMessage> read(String text) {
        if (!TextFrame.isJson(text, connection.face())) {
            return TextFrame.read(text);
        }
        try {
            return Optional.of(decoder.decode(text));
        } catch (DecodeException undecodable) {
            throw (Refusal) undecodable.getCause();
        }
    }

    private void refuse(Refusal refusal) {
        metrics.refused(refusal.code().name());
        connection.answer(new Outgoing(refusal.answer()));
    }

    @OnError
    public void error(Throwable failure) {
        // A broken connection is everyday life: the close that follows says all there is to say.
        var name = connection == null ? "that was not let in" : connection.id();
        LOG.log(Level.DEBUG, () -> "Connection " + name + " failed", failure);
    }

    @OnClose
    public void close(CloseReason reason) {
        if (connection == null) {
            return;
        }
        LOG.log(
                Level.DEBUG,
                () -> "Connection " + connection.id() + " is closed: "
                        + reason.getCloseCode().getCode());
        connection.gone();
        pass.close();
        connections.remove(connection);
        callers.remove(conversation);
        metrics.connectionClosed();
        conversation.end(departure(reason));
    }

    // Only who can say who it was can come back to its place.
    private Departure departure(CloseReason reason) {
        var timedOut = connection.isTimedOut();
        if (DISMISSED.contains(reason.getCloseCode().getCode())) {
            return Departure.GONE;
        }
        if (connection.face() != Face.FULL) {
            return timedOut ? Departure.TIMED_OUT : Departure.GONE;
        }
        return !timedOut && reason.getCloseCode() == CloseCodes.NORMAL_CLOSURE ? Departure.QUIT : Departure.LOST;
    }
}
