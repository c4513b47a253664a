package org.parlour.room;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.parlour.auth.Action;
import org.parlour.auth.RoomAccess;
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
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.ServerMessage;
import org.parlour.protocol.Username;

/**
 * What one member may ask of one room, and how it is answered. Outcomes arrive on the lane's thread; acks leave with the events,
 * in the room's order.
 */
final class Requests implements ClientMessage.Handler {

    private static final Logger LOG = System.getLogger(Requests.class.getName());

    private static final String NAME_BEFORE_SENDING =
            "Please set a username with `/user <name>` before sending messages.";
    private static final String NAME_BEFORE_HISTORY =
            "Please set a username with `/user <name>` before loading history.";
    private static final int MAX_TOPIC_LENGTH = 250;
    private static final Set<String> TYPING_STATES = Set.of("start", "stop");
    private static final Duration TYPING_REST = Duration.ofSeconds(2);

    private final Room room;
    private final Seat seat;
    private final Member member;
    private final LogWriter writer;
    private final Moderation moderation;
    private final Doorkeeping doorkeeping;
    private final Delivery delivery;
    private final ChatConfig config;
    private final ChatMetrics metrics;

    Requests(
            Room room,
            Seat seat,
            LogWriter writer,
            Moderation moderation,
            Delivery delivery,
            ChatConfig config,
            ChatMetrics metrics) {
        this.room = room;
        this.seat = seat;
        this.member = seat.member;
        this.writer = writer;
        this.moderation = moderation;
        this.doorkeeping = new Doorkeeping(room, seat, moderation, metrics);
        this.delivery = delivery;
        this.config = config;
        this.metrics = metrics;
    }

    void handle(ClientMessage request) {
        try {
            seat.turns.run(request.length(), () -> handleNow(request));
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
            LOG.log(Level.ERROR, () -> "A request failed on connection " + member.connection(), unexpected);
            refuse(new Refusal(ErrorCode.INTERNAL, "Something went wrong on the server."), request.ref());
            member.close(CloseCode.INTERNAL);
        }
    }

    /**
     * Lets a member in that has asked for a name, or for none.
     *
     * @param arrival makes its first words, given why it does not have the name that it asked for, or null
     */
    void enter(String username, Function<Refusal, Feed> arrival) {
        if (username == null || room.people().nameOf(seat).isPresent()) {
            member.answer(arrival.apply(null));
            return;
        }
        try {
            var name = new Username(username);
            if (waitForName(name, refused -> member.answer(arrival.apply(refused)))) {
                return;
            }
            claim(name, outcome -> {
                if (outcome instanceof Outcome.Stored stored) {
                    delivery.happened(stored.event(), null, null);
                }
                member.answer(arrival.apply(refusalIn(outcome)));
            });
        } catch (Refusal refusal) {
            metrics.refused();
            member.answer(arrival.apply(refusal));
        }
    }

    /** Gives a member of a simple face that has an account its name, and shows it what was said last. */
    void enterByName() {
        var name = member.identity().name();
        if (room.people().nameOf(seat).isPresent()) {
            showRecent();
        } else if (!waitForName(name, refused -> showRecent())) {
            handle(new ClientMessage.SetUsername(null, null, name.value()));
        }
    }

    private void showRecent() {
        handle(new ClientMessage.Recall(null, config.recentMessages(), null));
    }

    // Another connection of the same account may just be setting the name. What this one asks for waits for that.
    private boolean waitForName(Username name, Consumer<Refusal> then) {
        if (member.identity().isGuest()) {
            return false;
        }
        seat.turns.hold();
        var waits = room.people().afterClaim(seat, name, () -> {
            then.accept(room.people().nameOf(seat).isPresent() ? null : overloaded());
            seat.turns.goOn();
        });
        if (!waits) {
            seat.turns.goOn();
        }
        return waits;
    }

    private static Refusal refusalIn(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused ? refused.refusal() : null;
    }

    @Override
    public void setUsername(ClientMessage.SetUsername request) {
        if (request.username() == null) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "\"username\" is missing.", "username");
        }
        var wanted = new Username(request.username());
        require(Action.ENTER);
        if (!member.identity().isGuest() && !member.identity().name().equals(wanted)) {
            throw new Refusal(ErrorCode.FORBIDDEN, "Your name is that of your account.", "username");
        }
        if (room.people().nameOf(seat).equals(Optional.of(wanted))) {
            answer(new ServerMessage.Notice(
                    "USERNAME_UNCHANGED", "You are already called " + wanted + ".", null, request.ref()));
            return;
        }
        claim(wanted, outcome -> named(request.ref(), outcome));
    }

    // The member's further requests wait for the outcome.
    private void claim(Username wanted, Consumer<Outcome> then) {
        if (!member.identity().isGuest()) {
            room.people().evict(seat, wanted).forEach(this::tellEvicted);
        }
        var previous = room.people().claim(seat, wanted);
        seat.turns.hold();
        var draft = previous.map(old -> draft(EventKind.RENAMED, old, wanted.value()))
                .orElseGet(() -> draft(EventKind.JOINED, wanted, null));
        var offered = writer.offer(draft, outcome -> {
            var waiting = room.people().settle(seat, outcome instanceof Outcome.Stored);
            if (outcome instanceof Outcome.Stored) {
                member.named();
            }
            then.accept(outcome);
            seat.turns.goOn();
            waiting.forEach(Runnable::run);
        });
        if (!offered) {
            var waiting = room.people().settle(seat, false);
            seat.turns.goOn();
            waiting.forEach(Runnable::run);
            throw overloaded();
        }
    }

    // A guest took the name before it belonged to somebody. Nobody is to take the one for the other.
    private void tellEvicted(People.Evicted guest) {
        var draft = new Draft(room.name(), EventKind.LEFT, guest.name().value(), guest.person(), "quit");
        writer.offer(draft, outcome -> {
            if (outcome instanceof Outcome.Stored stored) {
                delivery.happened(stored.event(), null, null);
            }
        });
        var refusal = new Refusal(
                ErrorCode.USERNAME_TAKEN, "This username belongs to an account now. Please take another.", "username");
        guest.members()
                .forEach(one ->
                        one.answer(new Outgoing(refusal.inRoom(room.name()).answer())));
    }

    private void named(String ref, Outcome outcome) {
        if (outcome instanceof Outcome.Stored stored) {
            if (stored.event().kind() == EventKind.JOINED && !seat.recovered) {
                member.answer(HistoryFeed.recent(
                        room, config.recentMessages(), stored.event().seq()));
            }
            delivery.happened(stored.event(), member, Events.toAck(stored, ref));
        } else {
            refuse(refusalIn(outcome), ref);
        }
    }

    @Override
    public void say(ClientMessage.Say request) {
        var sender = requireName(NAME_BEFORE_SENDING);
        require(Action.SPEAK);
        var content = Content.require(request.content(), config.maxContentLength());
        if (request.replyTo() != null && request.replyTo() < 1) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "There is no such message to reply to.", "replyTo");
        }
        write(
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
        var sender = requireName(NAME_BEFORE_SENDING);
        require(Action.SPEAK);
        var content = Content.require(request.content(), config.maxContentLength());
        write(draft(EventKind.ACTION, sender, content), request.ref());
    }

    private void write(Draft draft, String ref) {
        room.people().writes(seat, 1);
        if (!writer.offer(draft, outcome -> written(ref, outcome))) {
            room.people().writes(seat, -1);
            throw overloaded();
        }
    }

    private void written(String ref, Outcome outcome) {
        room.people().writes(seat, -1);
        if (outcome instanceof Outcome.Stored stored) {
            delivery.happened(stored.event(), member, Events.toAck(stored, ref));
        } else {
            refuse(refusalIn(outcome), ref);
        }
    }

    @Override
    public void history(ClientMessage.History request) {
        requireName(NAME_BEFORE_HISTORY);
        require(Action.READ);
        var page = new HistoryPage(room, seat, request);
        afterOwnWrites(() -> member.answer(page));
    }

    @Override
    public void recall(ClientMessage.Recall request) {
        requireName(NAME_BEFORE_HISTORY);
        require(Action.READ);
        var limit = request.limit() == null ? config.historyLimit() : request.limit();
        var before = request.before() == null ? Long.MAX_VALUE : request.before();
        if (limit < 1 || before < 1) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "History counts from 1.", limit < 1 ? "limit" : "before");
        }
        var capped = Math.min(limit, config.historyLimit());
        afterOwnWrites(() -> member.answer(HistoryFeed.of(room, request.ref(), capped, before)));
    }

    // Whoever says something and asks for the history at once finds it there, and does not hear it again behind it.
    private void afterOwnWrites(Runnable task) {
        if (!room.people().isWriting(seat)) {
            room.flow().afterwards(task);
        } else if (!writer.afterwards(room.name(), () -> room.flow().afterwards(task))) {
            throw overloaded();
        }
    }

    @Override
    public void typing(ClientMessage.Typing request) {
        var name = requireName(NAME_BEFORE_SENDING);
        require(Action.SPEAK);
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
        require(Action.READ);
        var count = room.people().named();
        var present = count > config.presenceLimit() ? null : room.people().present();
        answer(new ServerMessage.Presence(
                request.ref(), room.name().value(), present == null ? count : present.size(), present));
    }

    @Override
    public void topic(ClientMessage.Topic request) {
        if (request.topic() == null) {
            require(Action.READ);
            afterOwnWrites(() -> member.answer(new TopicFeed(room, request.ref())));
            return;
        }
        var sender = requireName(NAME_BEFORE_SENDING);
        require(Action.SET_TOPIC);
        write(draft(EventKind.TOPIC, sender, Content.require(request.topic(), MAX_TOPIC_LENGTH)), request.ref());
    }

    @Override
    public void help(ClientMessage.Help request) {
        answer(new ServerMessage.Notice("HELP", ClientMessage.HELP, null, request.ref()));
    }

    @Override
    public void moderate(ClientMessage.Moderate request) {
        var by = requireName(NAME_BEFORE_SENDING);
        var ruling = Ruling.of(request, Instant.now());
        require(ruling.verb().action);
        seat.turns.hold();
        try {
            moderation.rule(room, member.visitor(), ruling, refusal -> {
                if (refusal == null) {
                    ruled(ruling, by);
                } else {
                    refuse(refusal, request.ref());
                }
                seat.turns.goOn();
            });
        } catch (Refusal stopping) {
            seat.turns.goOn();
            throw stopping;
        }
    }

    private void ruled(Ruling ruling, Username by) {
        var told = ruling.told(room, by, null);
        room.flow().passing(told, member);
        answer(ruling.told(room, by, ruling.ref()));
        if (ruling.verb() == Ruling.Verb.KICK) {
            room.people().called(ruling.whom()).forEach(one -> one.putOut(told));
        }
    }

    @Override
    public void invite(ClientMessage.Invite request) {
        doorkeeping.invite(request);
    }

    @Override
    public void archive(ClientMessage.Archive request) {
        doorkeeping.archive(request);
    }

    @Override
    public void leave(ClientMessage.Leave request) {
        afterOwnWrites(() -> member.answer(new LastWord(member, request.ref())));
    }

    @Override
    public void ping(ClientMessage.Ping request) {
        answer(new ServerMessage.Pong(request.ref(), Events.time(Instant.now())));
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

    // Now, and not when the member came: much may have been decided since.
    private void require(Action action) {
        RoomAccess.require(action, room.book(), member.visitor(), Instant.now());
    }

    private Username requireName(String sentence) {
        return room.people().nameOf(seat).orElseThrow(() -> new Refusal(ErrorCode.USERNAME_REQUIRED, sentence));
    }

    private Draft draft(EventKind kind, Username sender, String content) {
        return new Draft(room.name(), kind, sender.value(), member.id(), content);
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
