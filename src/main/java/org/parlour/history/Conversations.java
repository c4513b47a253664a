package org.parlour.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.parlour.protocol.RoomName;
import org.parlour.storage.DatabaseReady;

/**
 * Who has written with whom, in the caller's own transaction if there is one. Every method blocks on the database and fails with an
 * unchecked exception when that does.
 */
@ApplicationScoped
@Transactional
public class Conversations {

    private static final String OF_PERSON = """
            select o.personId, o.name from ParticipantRecord p
            join ParticipantRecord o on o.roomId = p.roomId
            join RoomRecord r on r.id = p.roomId
            where p.personId = :person and o.personId <> :person""";

    @PersistenceContext(unitName = "parlour")
    private EntityManager entities;

    private volatile boolean reached;

    void databaseReached(@Observes DatabaseReady ready) {
        reached = true;
    }

    /** Takes note of who writes to whom, and what they are called; part of the transaction that stores what they write. */
    public void note(Collection<Draft> drafts, ToLongFunction<Draft> rooms) {
        var known = entities()
                .createQuery("select p from ParticipantRecord p where p.roomId in :rooms", ParticipantRecord.class)
                .setParameter(
                        "rooms",
                        drafts.stream()
                                .map(draft -> rooms.applyAsLong(draft))
                                .distinct()
                                .toList())
                .getResultStream()
                .collect(Collectors.toMap(ParticipantRecord::key, Function.identity()));
        for (var draft : drafts) {
            var room = rooms.applyAsLong(draft);
            note(known, new ParticipantRecord.Key(room, draft.senderId()), draft.sender());
            note(
                    known,
                    new ParticipantRecord.Key(room, draft.to().id()),
                    draft.to().name());
        }
    }

    private void note(
            Map<ParticipantRecord.Key, ParticipantRecord> known, ParticipantRecord.Key participant, String name) {
        var row = known.get(participant);
        if (row != null) {
            row.setName(name);
            return;
        }
        var made = new ParticipantRecord(participant, name);
        entities().persist(made);
        known.put(participant, made);
    }

    /** With whom somebody has written who was called so, or is; if there are several, the one with whom something happened last. */
    public Optional<Addressee> partnerCalled(String person, String name) {
        return entities()
                .createQuery(OF_PERSON + " and o.name = :name order by r.lastActivity desc, r.id desc", Object[].class)
                .setParameter("person", person)
                .setParameter("name", name)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(Conversations::addressee);
    }

    /** Somebody with whom that person has written, by its id. */
    public Optional<Addressee> partner(String person, String id) {
        return entities()
                .createQuery(OF_PERSON + " and o.personId = :id", Object[].class)
                .setParameter("person", person)
                .setParameter("id", id)
                .getResultStream()
                .findFirst()
                .map(Conversations::addressee);
    }

    private static Addressee addressee(Object[] row) {
        return new Addressee((String) row[0], (String) row[1]);
    }

    /** What the two of a conversation are called, by their ids; empty if there is no such conversation. */
    public Map<String, String> names(RoomName room) {
        return entities()
                .createQuery(
                        "select p.personId, p.name from ParticipantRecord p"
                                + " join RoomRecord r on r.id = p.roomId where r.name = :room",
                        Object[].class)
                .setParameter("room", room.value())
                .getResultStream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> (String) row[1]));
    }

    // Not before the tables are there: a persistence unit whose first contact with the database fails does not recover.
    private EntityManager entities() {
        requireReached();
        return entities;
    }

    public void requireReached() {
        if (!reached) {
            throw new IllegalStateException("The database has not been reached yet");
        }
    }
}
