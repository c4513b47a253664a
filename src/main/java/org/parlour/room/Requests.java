package org.parlour.room;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import org.parlour.auth.Action;
import org.parlour.config.ChatConfig;
import org.parlour.history.Draft;
import org.parlour.history.EventKind;
import org.parlour.history.LogWriter;
import org.parlour.history.Outcome;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.Content;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.ServerMessage;

/**
 * What one member may ask of one room, and how it is answered. Outcomes arrive on the lane's thread; acks leave with the events,
 * in the room's order.
 */
final class Requests implements ClientMessage.Handler {

    private static final Logger LOG = System.getLogger(Requests.class.getName());

    private static final int MAX_TOPIC_LENGTH = 250;
    private static final Set<String> TYPING_STATES = Set.of("start", "stop");
    private static final Duration TYPING_REST = Duration.ofSeconds(2);

    private final Room room;
    private final Seat seat;
    private final Member member;
    private final LogWriter writer;
    private final Speech speech;
    private final Delivery delivery;
    private final ChatConfig config;
    private final Caller caller;
    private final Naming naming;
    private final Office office;
    private final Deleting deleting;
    private final Reading reading;
    private final PrivateMessages privateMessages;

    Requests(
            Room room,
            Seat seat,
            LogWriter writer,
            Moderation moderation,
            Speech speech,
            PrivateMessages privateMessages,
            Delivery delivery,
            ChatConfig config,
            ChatMetrics metrics) {
        this.room = room;
        this.seat = seat;
        this.member = seat.member;
        this.writer = writer;
        this.speech = speech;
        this.delivery = delivery;
        this.config = config;
        this.privateMessages = privateMessages;
        this.caller = new Caller(room, seat, metrics);
        this.office = new Office(caller, moderation);
        this.deleting = new Deleting(caller, writer, moderation, delivery);
        this.naming = new Naming(caller, writer, delivery, config);
        this.reading = new Reading(caller, writer, config);
    }

    void handle(ClientMessage request) {
        try {
            seat.turns.run(request.length(), () -> handleNow(request));
        } catch (Refusal refusal) {
            caller.refuse(refusal, request.ref());
        }
    }

    private void handleNow(ClientMessage request) {
        try {
            request.on(this);
        } catch (Refusal refusal) {
            caller.refuse(refusal, request.ref());
        } catch (RuntimeException unexpected) {
            // Here and not further out: it may be the lane's thread, and the member's next request is waiting.
            LOG.log(Level.ERROR, () -> "A request failed on connection " + member.connection(), unexpected);
            caller.refuse(new Refusal(ErrorCode.INTERNAL, "Something went wrong on the server."), request.ref());
            member.close(CloseCode.INTERNAL);
        }
    }

    /** See {@link Naming#enter}. */
    void enter(String username, Function<Refusal, Feed> arrival) {
        naming.enter(username, arrival);
    }

    /** Gives a member of a simple face that has an account its name, and shows it what was said last. */
    void enterByName() {
        var name = member.identity().name();
        if (naming.isNamed()) {
            showRecent();
        } else if (!naming.waitsFor(name, refused -> showRecent())) {
            handle(new ClientMessage.SetUsername(null, null, name.value()));
        }
    }

    private void showRecent() {
        handle(new ClientMessage.Recall(null, config.recentMessages(), null));
    }

    @Override
    public void setUsername(ClientMessage.SetUsername request) {
        naming.setUsername(request);
    }

    @Override
    public void say(ClientMessage.Say request) {
        var sender = caller.requireName();
        caller.require(Action.SPEAK);
        var content = Content.require(request.content(), config.maxContentLength());
        speak(
                new Draft(
                        room.name(),
                        EventKind.MESSAGE,
                        sender.value(),
                        member.id(),
                        content,
                        request.nonce(),
                        request.replyTo()),
                request.ref());
    }

    @Override
    public void act(ClientMessage.Act request) {
        var sender = caller.requireName();
        caller.require(Action.SPEAK);
        var content = Content.require(request.content(), config.maxContentLength());
        speak(
                new Draft(room.name(), EventKind.ACTION, sender.value(), member.id(), content, request.nonce(), null),
                request.ref());
    }

    private void speak(Draft draft, String ref) {
        write(() -> speech.offer(draft, room.book(), member.visitor(), outcome -> written(ref, outcome)));
    }

    private void write(Draft draft, String ref) {
        write(() -> {
            if (!writer.offer(draft, outcome -> written(ref, outcome))) {
                throw Caller.overloaded();
            }
        });
    }

    // Counted before: the outcome may be told at once.
    private void write(Runnable offer) {
        room.people().writes(seat, 1);
        try {
            offer.run();
        } catch (RuntimeException refused) {
            room.people().writes(seat, -1);
            throw refused;
        }
    }

    private void written(String ref, Outcome outcome) {
        room.people().writes(seat, -1);
        if (outcome instanceof Outcome.Stored stored) {
            delivery.happened(stored.event(), member, Events.toAck(stored, ref));
        } else {
            caller.refuse(Caller.refusalIn(outcome), ref);
        }
    }

    @Override
    public void sayPrivately(ClientMessage.Private request) {
        privateMessages.say(caller, request);
    }

    @Override
    public void history(ClientMessage.History request) {
        if (request.with() != null || request.userId() != null) {
            caller.requireName(Reading.NAME_BEFORE_HISTORY);
            privateMessages.history(caller, request);
        } else {
            reading.history(request);
        }
    }

    @Override
    public void recall(ClientMessage.Recall request) {
        reading.recall(request);
    }

    @Override
    public void read(ClientMessage.Read request) {
        privateMessages.read(caller, request);
    }

    @Override
    public void typing(ClientMessage.Typing request) {
        var name = caller.requireName();
        caller.require(Action.SPEAK);
        if (request.state() == null || !TYPING_STATES.contains(request.state())) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "\"state\" is \"start\" or \"stop\".", "state");
        }
        var people = room.people();
        // Who types in a crowd is of no interest to it.
        if (people.size() <= config.presenceLimit()
                && people.typing(seat, request.state().equals("start"), TYPING_REST)) {
            room.flow().passing(new ServerMessage.Typing(room.name().value(), name.value(), request.state()), member);
        }
    }

    @Override
    public void who(ClientMessage.Who request) {
        reading.who(request);
    }

    @Override
    public void topic(ClientMessage.Topic request) {
        if (request.topic() == null) {
            reading.topic(request);
            return;
        }
        var sender = caller.requireName();
        caller.require(Action.SET_TOPIC);
        write(caller.draft(EventKind.TOPIC, sender, Content.require(request.topic(), MAX_TOPIC_LENGTH)), request.ref());
    }

    @Override
    public void help(ClientMessage.Help request) {
        caller.answer(new ServerMessage.Notice("HELP", ClientMessage.HELP, null, request.ref()));
    }

    @Override
    public void moderate(ClientMessage.Moderate request) {
        office.moderate(request);
    }

    @Override
    public void delete(ClientMessage.Delete request) {
        deleting.delete(request);
    }

    @Override
    public void invite(ClientMessage.Invite request) {
        office.invite(request);
    }

    @Override
    public void slow(ClientMessage.Slow request) {
        office.slow(request);
    }

    @Override
    public void archive(ClientMessage.Archive request) {
        office.archive(request);
    }

    @Override
    public void leave(ClientMessage.Leave request) {
        reading.afterOwnWrites(() -> member.answer(new LastWord(member, request.ref())));
    }

    @Override
    public void ping(ClientMessage.Ping request) {
        caller.answer(new ServerMessage.Pong(request.ref(), Events.time(Instant.now())));
    }

    // These are the connection's business, before it has a seat.

    @Override
    public void hello(ClientMessage.Hello request) {
        throw new Refusal(ErrorCode.BAD_MESSAGE, "A Hello comes before everything else.");
    }

    @Override
    public void auth(ClientMessage.Auth request) {
        throw new Refusal(ErrorCode.BAD_MESSAGE, "A token is for the connection.");
    }

    @Override
    public void join(ClientMessage.Join request) {
        throw new Refusal(ErrorCode.BAD_MESSAGE, "You are in this room already.", "room");
    }
}
