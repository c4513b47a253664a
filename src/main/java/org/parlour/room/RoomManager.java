package org.parlour.room;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.AccessTimeout;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.parlour.auth.Action;
import org.parlour.auth.GuestTokens;
import org.parlour.auth.Identity;
import org.parlour.auth.RoomAccess;
import org.parlour.auth.RoomBook;
import org.parlour.auth.Visitor;
import org.parlour.config.ChatConfig;
import org.parlour.config.ServerThreads;
import org.parlour.history.Draft;
import org.parlour.history.EventKind;
import org.parlour.history.LogWriter;
import org.parlour.history.MessageLog;
import org.parlour.history.Outcome;
import org.parlour.history.Purged;
import org.parlour.history.StoredEvent;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.ServerMessage;
import org.parlour.protocol.Username;

/**
 * All live rooms of this server. A room exists from its first member's entering to its last one's leaving; its log goes on
 * existing. The container's locks: WRITE where a room may open or close, READ for everything inside a room, which has a lock of
 * its own. Nothing here waits for the database: answers come to the {@link Member} later, on a lane's thread or a feed's.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.CONTAINER)
@Lock(LockType.READ)
@AccessTimeout(value = 5, unit = TimeUnit.SECONDS)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RoomManager {

    private static final Logger LOG = System.getLogger(RoomManager.class.getName());

    // Concurrent, because lanes look rooms up without the container's lock.
    private final Map<RoomName, Room> rooms = new ConcurrentHashMap<>();

    @Resource
    private SessionContext context;

    @Inject
    private LogWriter writer;

    @Inject
    private MessageLog log;

    @Inject
    private ChatConfig config;

    @Inject
    private ChatMetrics metrics;

    @Inject
    private GuestTokens tokens;

    @Inject
    private Moderation moderation;

    @Inject
    private PrivateMessages privateMessages;

    @Inject
    private ServerThreads threads;

    /** Runs what is to be told to members. */
    private Pause pause;

    /** Runs the ends of graces. */
    private Pause grace;

    private Speech speech;

    /** Rooms in which something happened that their members have not been told. */
    private final Queue<Room> restless = new ConcurrentLinkedQueue<>();

    /** For the container; Payara finds no other than a public one. */
    public RoomManager() {}

    RoomManager(
            LogWriter writer,
            MessageLog log,
            GuestTokens tokens,
            Pause pause,
            Pause grace,
            ChatConfig config,
            ChatMetrics metrics) {
        this.writer = writer;
        this.log = log;
        this.tokens = tokens;
        this.pause = pause;
        this.grace = grace;
        this.config = config;
        this.metrics = metrics;
        start();
    }

    @PostConstruct
    void start() {
        if (pause == null) {
            pause = (nanos, task) -> threads.deliverers().schedule(task, nanos, TimeUnit.NANOSECONDS);
            grace = (nanos, task) -> threads.scheduler().schedule(task, nanos, TimeUnit.NANOSECONDS);
        }
        metrics.rooms(() -> rooms.values().stream().map(Room::figures));
        speech = new Speech(writer, new SlowMode(System::nanoTime));
        writer.afterEachTurn(this::tell);
        writer.whenLate(event -> happened(event, null, null));
    }

    /**
     * Seats a member of a simple face. It gets every event from now on; a guest is anonymous so far, others have their name.
     *
     * @param book by which it may enter ({@link Entrance})
     * @return why it is not seated; ROOM_FULL, or nothing
     */
    // Not thrown: the container would wrap it, and log it as a fault.
    @Lock(LockType.WRITE)
    public Optional<Refusal> enter(RoomName name, RoomBook book, Member member) {
        var room = opened(name, book);
        var seat = seat(room, member).orElse(null);
        if (seat == null) {
            return full();
        }
        room.flow().listen(seat);
        member.reachable();
        if (!member.identity().isGuest()) {
            requests(room, seat).enterByName();
        }
        return Optional.empty();
    }

    /**
     * Seats a member of the full face. It first gets a {@code Welcome}, then what it missed, then every event from the {@code head}
     * of the {@code Welcome} on.
     *
     * @param book by which it may enter ({@link Entrance})
     * @return why it is not seated; ROOM_FULL, or nothing
     */
    @Lock(LockType.WRITE)
    public Optional<Refusal> enter(RoomName name, RoomBook book, Member member, Greeting greeting) {
        var room = opened(name, book);
        var seat = seat(room, member).orElse(null);
        if (seat == null) {
            return full();
        }
        requests(room, seat)
                .enter(
                        nameOf(member, greeting),
                        refused -> new Arrival(room, seat, greeting, refused, tokens, config, metrics, this::waiting));
        return Optional.empty();
    }

    private static Optional<Seat> seat(Room room, Member member) {
        var book = room.book();
        var most = RoomAccess.isLimited(book, member.visitor())
                ? book.rules().limits().maxMembers()
                : 0;
        return room.people().seat(member, most, Instant.now());
    }

    private static Optional<Refusal> full() {
        return Optional.of(new Refusal(ErrorCode.ROOM_FULL, "This room is full. Please try again later.", "room"));
    }

    private static String nameOf(Member member, Greeting greeting) {
        return member.identity().isGuest()
                ? greeting.username()
                : member.identity().name().value();
    }

    private int waiting(Identity who) {
        return privateMessages == null ? 0 : privateMessages.waiting(who);
    }

    private Room opened(RoomName name, RoomBook book) {
        var room = rooms.computeIfAbsent(name, absent -> {
            metrics.roomOpened();
            return new Room(name, book, log, pause, config, metrics);
        });
        room.setBook(book);
        return room;
    }

    /** Who may do what in a room, as far as it is in memory. */
    public Optional<RoomBook> book(RoomName name) {
        return Optional.ofNullable(rooms.get(name)).map(Room::book);
    }

    /** Who is in a room, once for each connection. */
    public List<Member> present(RoomName name) {
        var room = rooms.get(name);
        return room == null ? List.of() : room.people().members();
    }

    /** Takes what was read of who may do what in a room. @return who may not be there any more, and why: to be turned away */
    public Map<Member, Refusal> setBook(RoomName name, RoomBook read) {
        var room = rooms.get(name);
        if (room == null) {
            return Map.of();
        }
        room.setBook(read);
        var now = Instant.now();
        var unwanted = new LinkedHashMap<Member, Refusal>();
        room.people()
                .members()
                .forEach(member -> refusal(room, member, now).ifPresent(refusal -> unwanted.put(member, refusal)));
        return unwanted;
    }

    /** Why somebody who sits in a room may not be there, if so. */
    public Optional<Refusal> refusal(RoomName name, Member member) {
        return Optional.ofNullable(rooms.get(name)).flatMap(room -> refusal(room, member, Instant.now()));
    }

    private static Optional<Refusal> refusal(Room room, Member member, Instant now) {
        try {
            RoomAccess.require(Action.ENTER, room.book(), member.visitor(), now);
            return Optional.empty();
        } catch (Refusal refusal) {
            return Optional.of(refusal);
        }
    }

    /**
     * Takes a member out once what it has asked for is done, and the room out of memory with the last one. The others learn of it
     * once it is stored.
     */
    // Longer than for anything else: nobody would try again, and the seat would stay taken.
    @Lock(LockType.WRITE)
    @AccessTimeout(value = 1, unit = TimeUnit.MINUTES)
    public void leave(RoomName name, Member member, Departure departure) {
        var room = rooms.get(name);
        var seat = room == null ? null : room.people().seatOf(member).orElse(null);
        if (seat == null) {
            return;
        }
        room.flow().turnAway(seat);
        if (!seat.turns.runLast(() -> self().leaveNow(name, member, departure))) {
            leaveNow(name, member, departure);
        }
    }

    /** The end of {@link #leave}; for this class alone, public because the container has to lock it. */
    @Lock(LockType.WRITE)
    @AccessTimeout(value = 1, unit = TimeUnit.MINUTES)
    public void leaveNow(RoomName name, Member member, Departure departure) {
        var room = rooms.get(name);
        if (room == null) {
            return;
        }
        var mayReturn = departure == Departure.LOST && !config.grace().isZero();
        var result = room.people().unseat(member, mayReturn);
        if (result.absence() != null) {
            grace.thenRun(
                    config.grace().toNanos(),
                    () -> self().endAbsence(
                                    name,
                                    result.absence().person(),
                                    result.absence().number()));
        }
        if (result.gone() != null) {
            left(room, member.id(), result.gone(), departure);
        }
        closeIfEmpty(room);
    }

    /** Takes somebody out who was away and has not come back; for this class alone, public because the container has to lock it. */
    @Lock(LockType.WRITE)
    @AccessTimeout(value = 1, unit = TimeUnit.MINUTES)
    public void endAbsence(RoomName name, String person, int absence) {
        var room = rooms.get(name);
        if (room == null) {
            return;
        }
        room.people()
                .endOf(new People.Absence(person, absence))
                .ifPresent(username -> left(room, person, username, Departure.LOST));
        closeIfEmpty(room);
    }

    /** Takes everybody out of every room, because the server is stopping. Nobody is told, but the leaves are stored. */
    @Lock(LockType.WRITE)
    @AccessTimeout(value = 1, unit = TimeUnit.MINUTES)
    public void leaveAll() {
        for (var room : rooms.values()) {
            rooms.remove(room.name());
            metrics.roomClosed();
            room.people().everybody().forEach((person, name) -> left(room, person, name, Departure.STOPPED));
        }
    }

    /** Whether everything that was stored has been handed to the members. */
    public boolean isCalm() {
        return rooms.values().stream().allMatch(room -> room.flow().isCalm());
    }

    private void closeIfEmpty(Room room) {
        if (room.people().isEmpty() && rooms.remove(room.name(), room)) {
            metrics.roomClosed();
        }
    }

    private void left(Room room, String person, Username name, Departure departure) {
        var draft = new Draft(room.name(), EventKind.LEFT, name.value(), person, departure.reason());
        writer.offer(draft, outcome -> {
            if (outcome instanceof Outcome.Stored stored) {
                happened(stored.event(), null, null);
            } else {
                LOG.log(Level.WARNING, () -> "A leave could not be stored in room " + room.name());
            }
        });
    }

    // On a thread that does not hold the container's lock.
    private RoomManager self() {
        return context == null ? this : context.getBusinessObject(RoomManager.class);
    }

    /** Does what a member of the room asks for, or tells it why not. A member's requests are handled one after the other. */
    public void handle(RoomName name, Member member, ClientMessage request) {
        var room = rooms.get(name);
        if (room != null) {
            room.people().seatOf(member).ifPresent(seat -> requests(room, seat).handle(request));
        }
    }

    /**
     * Says something for somebody who need not be in the room. Whether it may is not asked here.
     *
     * @param book by which it was asked; @param outcome is told on the lane's thread
     * @return why nothing will happen, see {@link Speech#offer}; or nothing
     */
    // Not thrown, as in enter.
    public Optional<Refusal> post(Draft draft, RoomBook book, Visitor by, Consumer<Outcome> outcome) {
        try {
            speech.offer(draft, book, by, result -> {
                if (result instanceof Outcome.Stored stored && !stored.duplicate()) {
                    happened(stored.event(), null, null);
                }
                outcome.accept(result);
            });
            return Optional.empty();
        } catch (Refusal refusal) {
            return Optional.of(refusal);
        }
    }

    /**
     * Deletes a message for somebody who need not be in the room. Whether it may is not asked here.
     *
     * @param outcome is told on the lane's thread
     * @return false if the lane is full: nothing will happen
     */
    public boolean delete(Draft deletion, Consumer<Outcome> outcome) {
        return writer.offer(deletion, result -> {
            if (result instanceof Outcome.Stored stored && isNewsHere(stored)) {
                happened(stored.event(), null, null);
            }
            outcome.accept(result);
        });
    }

    // An earlier deletion may be one that nobody could be told of. But it is not where a room begins that has just
    // opened.
    private boolean isNewsHere(Outcome.Stored stored) {
        var room = rooms.get(stored.event().room());
        return !stored.duplicate() || room != null && room.memory().last() != Seat.ANYWHERE;
    }

    /** Forgets what is kept no longer. */
    public void purged(@Observes Purged purged) {
        var room = rooms.get(purged.room());
        if (room != null) {
            room.memory().purge(purged.through());
        }
    }

    /** The rooms that are in memory now. */
    public Set<RoomName> rooms() {
        return Set.copyOf(rooms.keySet());
    }

    /** Who is in a room now, as a member is told; nobody if it is not in memory. */
    public ServerMessage.Presence presence(RoomName name) {
        var room = rooms.get(name);
        return room == null
                ? new ServerMessage.Presence(null, name.value(), 0, List.of())
                : room.people().presence(null, name, config.presenceLimit());
    }

    /** How many members the room has now, named or not. */
    public int members(RoomName name) {
        var room = rooms.get(name);
        return room == null ? 0 : room.people().size();
    }

    private Requests requests(Room room, Seat seat) {
        return new Requests(room, seat, writer, moderation, speech, privateMessages, this::happened, config, metrics);
    }

    // By name and not by object: the room may have closed and opened again while the event was being written.
    private void happened(StoredEvent event, Member asker, ServerMessage.Ack ack) {
        if (RoomAccess.isDirect(event.room())) {
            privateMessages.happened(event, asker, ack);
            return;
        }
        var room = rooms.get(event.room());
        if (room == null) {
            if (ack != null) {
                asker.answer(new Outgoing(ack));
            }
        } else if (room.flow().happened(event, asker, ack)) {
            restless.add(room);
        }
    }

    // All outcomes of a transaction have been told: what they brought may go out together.
    private void tell() {
        for (var room = restless.poll(); room != null; room = restless.poll()) {
            room.flow().due();
        }
    }
}
