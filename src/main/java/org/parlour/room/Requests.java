package org.parlour.room;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.parlour.config.ChatConfig;
import org.parlour.history.Draft;
import org.parlour.history.EventKind;
import org.parlour.history.LogWriter;
import org.parlour.history.Outcome;
import org.parlour.history.StoredEvent;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.Content;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.ServerMessage;
import org.parlour.protocol.Username;

/** What one member may ask of one room, and how it is answered. Outcomes arrive on the lane's thread. */
final class Requests implements ClientMessage.Handler {

    private static final Logger LOG = System.getLogger(Requests.class.getName());

    private static final String NAME_BEFORE_SENDING =
            "Please set a username with `/user <name>` before sending messages.";
    private static final String NAME_BEFORE_HISTORY =
            "Please set a username with `/user <name>` before loading history.";
    private static final int MAX_TOPIC_LENGTH = 250;

    private final Room room;
    private final Member member;
    private final LogWriter writer;
    private final Consumer<StoredEvent> delivery;
    private final ChatConfig config;
    private final ChatMetrics metrics;

    Requests(
            Room room,
            Member member,
            LogWriter writer,
            Consumer<StoredEvent> delivery,
            ChatConfig config,
            ChatMetrics metrics) {
        this.room = room;
        this.member = member;
        this.writer = writer;
        this.delivery = delivery;
        this.config = config;
        this.metrics = metrics;
    }

    void handle(ClientMessage request) {
        try {
            room.inTurn(member, request.length(), () -> handleNow(request));
        } catch (Refusal refusal) {
            refuse(refusal, request.ref());
        }
    }

    private void handleNow(ClientMessage request) {
        try {
            request.on(this);
        } catch (Refusal refusal) {
            refuse(refusal, request.ref());
        } catch (RuntimeException unexpected) {
            // Here and not further out: it may be the lane's thread, and the member's next request is waiting.
            LOG.log(Level.ERROR, () -> "A request failed in room " + room.name(), unexpected);
            refuse(new Refusal(ErrorCode.INTERNAL, "Something went wrong on the server."), request.ref());
            member.close(CloseCode.INTERNAL);
        }
    }

    @Override
    public void setUsername(ClientMessage.SetUsername request) {
        if (request.username() == null) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "\"username\" is missing.", "username");
        }
        var wanted = new Username(request.username());
        if (room.nameOf(member).equals(Optional.of(wanted))) {
            answer(new ServerMessage.Notice(
                    "USERNAME_UNCHANGED", "You are already called " + wanted + ".", request.ref()));
            return;
        }
        var previous = room.claim(member, wanted);
        var draft = previous.map(old -> draft(EventKind.RENAMED, old, wanted.value(), null))
                .orElseGet(() -> draft(EventKind.JOINED, wanted, null, null));
        if (!writer.offer(draft, outcome -> named(wanted, request.ref(), outcome))) {
            room.settle(member, wanted, false);
            room.resume(member);
            throw overloaded();
        }
    }

    private void named(Username wanted, String ref, Outcome outcome) {
        room.settle(member, wanted, outcome instanceof Outcome.Stored);
        if (outcome instanceof Outcome.Stored stored) {
            delivery.accept(stored.event());
            welcome(stored, ref);
        } else if (outcome instanceof Outcome.Refused refused) {
            refuse(refused.refusal(), ref);
        }
        room.resume(member);
    }

    private void welcome(Outcome.Stored stored, String ref) {
        if (stored.event().kind() == EventKind.JOINED) {
            member.answer(HistoryFeed.recent(
                    room, config.recentMessages(), stored.event().seq()));
        }
        answer(Events.toAck(stored, ref));
    }

    /** The member has gone: tells the others, once that is stored. */
    void left(Username name, String reason) {
        writer.offer(draft(EventKind.LEFT, name, reason, null), outcome -> {
            if (outcome instanceof Outcome.Stored stored) {
                delivery.accept(stored.event());
            } else {
                LOG.log(Level.WARNING, () -> "A leave could not be stored in room " + room.name());
            }
        });
    }

    @Override
    public void say(ClientMessage.Say request) {
        write(EventKind.MESSAGE, request.content(), request.nonce(), request.ref());
    }

    @Override
    public void act(ClientMessage.Act request) {
        write(EventKind.ACTION, request.content(), null, request.ref());
    }

    private void write(EventKind kind, String content, String nonce, String ref) {
        var sender = requireName(NAME_BEFORE_SENDING);
        var draft = draft(kind, sender, Content.require(content, config.maxContentLength()), nonce);
        offer(draft, ref);
    }

    private void offer(Draft draft, String ref) {
        room.writes(member, 1);
        if (!writer.offer(draft, outcome -> written(ref, outcome))) {
            room.writes(member, -1);
            throw overloaded();
        }
    }

    private void written(String ref, Outcome outcome) {
        room.writes(member, -1);
        if (outcome instanceof Outcome.Stored stored) {
            if (!stored.duplicate()) {
                delivery.accept(stored.event());
            }
            answer(Events.toAck(stored, ref));
        } else if (outcome instanceof Outcome.Refused refused) {
            refuse(refused.refusal(), ref);
        }
    }

    @Override
    public void history(ClientMessage.History request) {
        requireName(NAME_BEFORE_HISTORY);
        var limit = request.limit() == null ? config.historyLimit() : request.limit();
        var before = request.before() == null ? Long.MAX_VALUE : request.before();
        if (limit < 1 || before < 1) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "History counts from 1.", limit < 1 ? "limit" : "before");
        }
        var capped = Math.min(limit, config.historyLimit());
        afterOwnWrites(() -> member.answer(HistoryFeed.of(room, request.ref(), capped, before)));
    }

    // Whoever says something and asks for the history at once finds it there.
    private void afterOwnWrites(Runnable task) {
        if (!room.isWriting(member)) {
            task.run();
        } else if (!writer.afterwards(room.name(), task)) {
            throw overloaded();
        }
    }

    @Override
    public void who(ClientMessage.Who request) {
        var present = room.present();
        answer(new ServerMessage.Presence(request.ref(), room.name().value(), present.size(), present));
    }

    @Override
    public void topic(ClientMessage.Topic request) {
        if (request.topic() == null) {
            afterOwnWrites(() -> member.answer(new TopicFeed(room, request.ref())));
            return;
        }
        var sender = requireName(NAME_BEFORE_SENDING);
        offer(draft(EventKind.TOPIC, sender, Content.require(request.topic(), MAX_TOPIC_LENGTH), null), request.ref());
    }

    @Override
    public void help(ClientMessage.Help request) {
        answer(new ServerMessage.Notice("HELP", ClientMessage.HELP, request.ref()));
    }

    @Override
    public void leave(ClientMessage.Leave request) {
        afterOwnWrites(() -> member.answer(new LastWord(member)));
    }

    @Override
    public void ping(ClientMessage.Ping request) {
        answer(new ServerMessage.Pong(request.ref(), Events.time(Instant.now())));
    }

    private Username requireName(String sentence) {
        return room.nameOf(member).orElseThrow(() -> new Refusal(ErrorCode.USERNAME_REQUIRED, sentence));
    }

    private Draft draft(EventKind kind, Username sender, String content, String nonce) {
        return new Draft(room.name(), kind, sender.value(), member.id(), content, nonce);
    }

    private void answer(ServerMessage message) {
        member.answer(new Outgoing(message));
    }

    private void refuse(Refusal refusal, String ref) {
        metrics.refused();
        answer(refusal.ofRequest(ref).answer());
    }

    private static Refusal overloaded() {
        return new Refusal(ErrorCode.OVERLOADED, "Too much is waiting to be stored. Please try again.");
    }
}
