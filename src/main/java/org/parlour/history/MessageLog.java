package org.parlour.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.parlour.auth.AuditRows;
import org.parlour.auth.RegisteredNames;
import org.parlour.auth.RoomKind;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.Username;
import org.parlour.storage.DatabaseReady;

/**
 * The ordered log in the database: per room 1, 2, 3 ... without holes; its beginning may be kept no longer ({@link Purge}), and cannot be
 * read then. Every method blocks on the database and fails with an unchecked exception when that does; {@link StorageFailure} tells what
 * kind of failure it was. A plain bean and not an EJB, because the container would log a stack trace for every one of those.
 */
@ApplicationScoped
@Transactional
public class MessageLog {

    /** How many joins, leaves and the like are expected among the newest events at least. */
    private static final int SLACK = 100;

    @PersistenceContext(unitName = "parlour")
    private EntityManager entities;

    @Inject
    private Readers readers;

    @Inject
    private RegisteredNames registered;

    @Inject
    private Conversations conversations;

    @Inject
    private AuditRows audit;

    private volatile boolean reached;

    void databaseReached(@Observes DatabaseReady ready) {
        reached = true;
    }

    /**
     * Stores all drafts in one transaction, in their order, or none. Rooms that have no log yet get one. A draft with a nonce that its
     * sender has used in the room before is not stored again: it is answered with the event of that time, or refused if it says
     * something else. A message that is deleted loses its content with the same commit; if it had been deleted before, the answer is the
     * event of that time. A guest does not get a name that is an account's. Who has to have been silent and was not, is refused.
     *
     * @return what became of each draft, in the same order; committed when this returns
     */
    @Transactional(TxType.REQUIRES_NEW)
    public List<Outcome> append(List<Draft> drafts) {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var rooms = lockedRooms(drafts, now);
        var spent = spentNonces(drafts, rooms);
        var notForGuests = registeredNames(drafts);
        noteParticipants(drafts, rooms);
        var outcomes = new ArrayList<Outcome>(drafts.size());
        for (var draft : drafts) {
            var room = rooms.get(draft.room().value());
            var earlier = draft.nonce() == null ? null : spent.get(NonceKey.of(room, draft));
            if (earlier != null) {
                outcomes.add(answerAgain(earlier, draft));
                continue;
            }
            if (draft.refusal() != null) {
                outcomes.add(new Outcome.Refused(draft.refusal()));
                continue;
            }
            if (draft.replyTo() != null && draft.replyTo() > room.head().lastSeq()) {
                outcomes.add(new Outcome.Refused(Refusal.nothingToReplyTo()));
                continue;
            }
            if (draft.nameOfGuest() != null && notForGuests.contains(draft.nameOfGuest())) {
                outcomes.add(new Outcome.Refused(new Refusal(
                        ErrorCode.USERNAME_TAKEN, "This username, or one that looks like it, is taken.", "username")));
                continue;
            }
            var wait = leftOfSilence(room, draft, now);
            if (wait.isPresent()) {
                outcomes.add(new Outcome.Refused(Refusal.slowMode(draft.silence(), wait.get())));
                continue;
            }
            if (draft.kind() == EventKind.DELETED) {
                outcomes.add(delete(room, draft, now, spent));
                continue;
            }
            var event = insert(room, draft, now);
            if (draft.nonce() != null) {
                spent.put(NonceKey.of(room, draft), event);
            }
            outcomes.add(new Outcome.Stored(event, false));
        }
        // Here and not during the commit: there the transaction manager would hide what the database said.
        entities().flush();
        return outcomes;
    }

    // Asked here, where it costs one query for many joins, and where nobody waits for the database but the log itself.
    private Set<Username> registeredNames(List<Draft> drafts) {
        var names =
                drafts.stream().map(Draft::nameOfGuest).filter(Objects::nonNull).collect(Collectors.toSet());
        return names.isEmpty() ? Set.of() : registered.among(names);
    }

    private void noteParticipants(List<Draft> drafts, Map<String, RoomRecord> rooms) {
        var direct = drafts.stream().filter(draft -> draft.to() != null).toList();
        if (!direct.isEmpty()) {
            conversations.note(direct, draft -> rooms.get(draft.room().value()).id());
        }
    }

    private Optional<Duration> leftOfSilence(RoomRecord room, Draft draft, Instant now) {
        if (draft.silence() == null) {
            return Optional.empty();
        }
        var last = entities()
                .createQuery("""
                        select max(m.at) from MessageRecord m
                        where m.roomId = :room and m.senderId = :sender and m.kind in :spoken and m.at > :since""", OffsetDateTime.class)
                .setParameter("room", room.id())
                .setParameter("sender", draft.senderId())
                .setParameter("spoken", EventKind.SPOKEN)
                .setParameter("since", now.minus(draft.silence()).atOffset(ZoneOffset.UTC))
                .getSingleResult();
        return Optional.ofNullable(last).map(at -> draft.silence().minus(Duration.between(at.toInstant(), now)));
    }

    private StoredEvent insert(RoomRecord room, Draft draft, Instant now) {
        var event = new StoredEvent(
                draft.room(),
                room.id(),
                room.advance(now),
                draft.kind(),
                draft.sender(),
                draft.senderId(),
                draft.content(),
                draft.nonce(),
                draft.replyTo(),
                draft.target(),
                now);
        if (event.kind() == EventKind.TOPIC) {
            room.setTopic(event.content());
        }
        entities().persist(new MessageRecord(event));
        return event;
    }

    private Outcome delete(RoomRecord room, Draft draft, Instant now, Map<NonceKey, StoredEvent> spent) {
        // What is kept no longer is deleted by somebody else, perhaps at this moment.
        var target = draft.target() <= room.purged()
                ? Optional.<MessageRecord>empty()
                : row(room.id(), draft.target()).filter(MessageRecord::isSpoken);
        if (target.isEmpty()) {
            return new Outcome.Refused(Refusal.noSuchMessage());
        }
        if (target.get().deletedBy() != null) {
            var earlier = row(room.id(), target.get().deletedBy()).orElseThrow();
            return new Outcome.Stored(earlier.toEvent(draft.room()), true);
        }
        var event = insert(room, draft, now);
        target.get().empty(event.seq());
        if (draft.audit() != null) {
            audit.insertWithin(draft.audit());
        }
        // A resend of it may stand behind it in the same transaction.
        spent.replaceAll(
                (key, said) -> said.roomId() == room.id() && said.seq() == draft.target() ? said.emptied() : said);
        return new Outcome.Stored(event, false);
    }

    // A query and not a look-up by key: what this transaction has inserted is there for it, too.
    private Optional<MessageRecord> row(long room, long seq) {
        return entities()
                .createQuery(
                        "select m from MessageRecord m where m.roomId = :room and m.seq = :seq", MessageRecord.class)
                .setParameter("room", room)
                .setParameter("seq", seq)
                .getResultStream()
                .findFirst();
    }

    private record NonceKey(long roomId, String senderId, String nonce) {

        static NonceKey of(RoomRecord room, Draft draft) {
            return new NonceKey(room.id(), draft.senderId(), draft.nonce());
        }
    }

    // Read under the rooms' locks, so nobody can spend one of them in between. The unique key stands behind it
    // all the same.
    private Map<NonceKey, StoredEvent> spentNonces(List<Draft> drafts, Map<String, RoomRecord> rooms) {
        var withNonce = drafts.stream().filter(draft -> draft.nonce() != null).toList();
        if (withNonce.isEmpty()) {
            return new HashMap<>();
        }
        var names = new HashMap<Long, RoomName>();
        withNonce.forEach(draft -> names.put(rooms.get(draft.room().value()).id(), draft.room()));
        return entities()
                .createQuery(
                        "select m from MessageRecord m where m.roomId in :rooms and m.senderId in :senders and m.nonce in :nonces",
                        MessageRecord.class)
                .setParameter("rooms", names.keySet())
                .setParameter(
                        "senders",
                        withNonce.stream().map(Draft::senderId).distinct().toList())
                .setParameter(
                        "nonces",
                        withNonce.stream().map(Draft::nonce).distinct().toList())
                .getResultStream()
                .map(row -> row.toEvent(names))
                .collect(Collectors.toMap(
                        event -> new NonceKey(event.roomId(), event.senderId(), event.nonce()),
                        Function.identity(),
                        (one, same) -> one,
                        HashMap::new));
    }

    private static Outcome answerAgain(StoredEvent earlier, Draft draft) {
        // Of what was deleted nobody can say whether this is the same; and it is not to come back.
        if (earlier.isDeleted()) {
            return new Outcome.Stored(earlier, true);
        }
        if (earlier.kind() == draft.kind()
                && Objects.equals(earlier.content(), draft.content())
                && Objects.equals(earlier.replyTo(), draft.replyTo())) {
            return new Outcome.Stored(earlier, true);
        }
        return new Outcome.Refused(
                new Refusal(ErrorCode.NONCE_CONFLICT, "This nonce stands for another message.", "nonce"));
    }

    // In the order of their ids: two writers that need the same two rooms must not wait for each other.
    private Map<String, RoomRecord> lockedRooms(List<Draft> drafts, Instant now) {
        var names =
                drafts.stream().map(draft -> draft.room().value()).distinct().toList();
        var rooms = roomsNamed(names)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .collect(Collectors.toMap(RoomRecord::name, Function.identity()));
        for (var draft : drafts) {
            var name = draft.room().value();
            if (!rooms.containsKey(name)) {
                var kind = draft.to() == null ? RoomKind.OPEN : RoomKind.DIRECT;
                var room = new RoomRecord(name, kind, now);
                entities().persist(room);
                // Nothing tells EclipseLink that messages refer to rooms, so it might insert them first.
                entities().flush();
                rooms.put(name, room);
            }
        }
        return rooms;
    }

    // For a list EclipseLink writes the SQL anew each time; a single busy room is worth a query of its own.
    private TypedQuery<RoomRecord> roomsNamed(List<String> names) {
        return names.size() == 1
                ? entities()
                        .createQuery("select r from RoomRecord r where r.name = :name", RoomRecord.class)
                        .setParameter("name", names.get(0))
                : entities()
                        .createQuery(
                                "select r from RoomRecord r where r.name in :names order by r.id", RoomRecord.class)
                        .setParameter("names", names);
    }

    /** Where the room's log stands; a room that was never written to stands at 0. */
    public RoomHead head(RoomName room) {
        return readers.read(() -> head(room.value()));
    }

    private RoomHead head(String name) {
        return entities()
                .createQuery("select r from RoomRecord r where r.name = :name", RoomRecord.class)
                .setParameter("name", name)
                .getResultStream()
                .findFirst()
                .map(RoomRecord::head)
                .orElse(RoomHead.NONE);
    }

    /** The newest {@code limit} spoken events below {@code before}, oldest first. */
    public List<StoredEvent> spokenBefore(RoomName room, long before, int limit) {
        var newestFirst = newest(room, "m", MessageRecord.class, before, limit).stream()
                .map(row -> row.toEvent(room))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** The seq at which {@link #spokenBefore} with the same arguments begins; {@code before} if that is empty. */
    public long startOfSpokenBefore(RoomName room, long before, int limit) {
        var seqs = newest(room, "m.seq", Long.class, before, limit);
        return seqs.isEmpty() ? before : seqs.get(seqs.size() - 1);
    }

    // H2 does not read an index backwards: without a lower bound it reads the whole room and sorts it. Most of
    // the newest events are spoken, so a window of twice the limit is nearly always enough; if not, it grows.
    private <T> List<T> newest(RoomName room, String what, Class<T> type, long before, int limit) {
        return readers.read(() -> newestNow(room, what, type, before, limit));
    }

    private <T> List<T> newestNow(RoomName room, String what, Class<T> type, long before, int limit) {
        var head = head(room.value());
        var end = Math.min(before, head.lastSeq() + 1);
        for (long window = 2L * limit + SLACK; ; window *= 8) {
            var from = Math.max(end - window, head.purged() + 1);
            var found = entities()
                    .createQuery(
                            "select " + what + " from MessageRecord m"
                                    + " where m.roomId = (select r.id from RoomRecord r where r.name = :name)"
                                    + " and m.kind in :spoken and m.seq >= :from and m.seq < :before order by m.seq desc",
                            type)
                    .setParameter("name", room.value())
                    .setParameter("spoken", EventKind.SPOKEN)
                    .setParameter("from", from)
                    .setParameter("before", end)
                    .setMaxResults(limit)
                    .getResultList();
            if (found.size() == limit || from == head.purged() + 1) {
                return found;
            }
        }
    }

    /** The first {@code limit} spoken events with {@code from <= seq < before}, oldest first. */
    public List<StoredEvent> spokenBetween(RoomName room, long from, long before, int limit) {
        return read(room, """
                select m from MessageRecord m
                where m.roomId = (select r.id from RoomRecord r where r.name = :name)
                  and m.seq > (select r.purged from RoomRecord r where r.name = :name)
                  and m.kind in :spoken and m.seq >= :from and m.seq < :before
                order by m.seq""", Map.of("spoken", EventKind.SPOKEN, "from", from, "before", before), limit);
    }

    /** The first {@code limit} events of any kind above {@code seq} that are kept, oldest first. */
    public List<StoredEvent> after(RoomName room, long seq, int limit) {
        return read(room, """
                select m from MessageRecord m
                where m.roomId = (select r.id from RoomRecord r where r.name = :name) and m.seq > :seq
                  and m.seq > (select r.purged from RoomRecord r where r.name = :name)
                order by m.seq""", Map.of("seq", seq), limit);
    }

    /** What was said at this seq, deleted or not. Not within {@link Readers}: that is up to the caller. */
    public Optional<StoredEvent> spoken(RoomName room, long seq) {
        return readNow(room, """
                select m from MessageRecord m
                where m.roomId = (select r.id from RoomRecord r where r.name = :name) and m.seq = :seq and m.kind in :spoken
                  and m.seq > (select r.purged from RoomRecord r where r.name = :name)""", Map.of("seq", seq, "spoken", EventKind.SPOKEN), 1).stream()
                .findFirst();
    }

    private List<StoredEvent> read(RoomName room, String jpql, Map<String, Object> parameters, int limit) {
        return readers.read(() -> readNow(room, jpql, parameters, limit));
    }

    private List<StoredEvent> readNow(RoomName room, String jpql, Map<String, Object> parameters, int limit) {
        var query = entities()
                .createQuery(jpql, MessageRecord.class)
                .setParameter("name", room.value())
                .setMaxResults(limit);
        parameters.forEach(query::setParameter);
        return query.getResultStream().map(row -> row.toEvent(room)).collect(Collectors.toCollection(ArrayList::new));
    }

    // Not before the tables are there: a persistence unit whose first contact with the database fails does not recover.
    private EntityManager entities() {
        if (!reached) {
            throw new IllegalStateException("The database has not been reached yet");
        }
        return entities;
    }
}
