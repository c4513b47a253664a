package org.parlour.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import org.parlour.protocol.RoomName;

/** The read markers in the database, a transaction for each call. */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class ReadMarkerRows {

    @PersistenceContext(unitName = "parlour")
    private EntityManager entities;

    @Inject
    private Conversations conversations;

    /** Fails with a unique violation if somebody sets the first marker of the account in the room at the same moment. */
    public ReadMarkers.Marked advance(String account, RoomName name, long wanted) {
        conversations.requireReached();
        var room = entities.createQuery("select r from RoomRecord r where r.name = :name", RoomRecord.class)
                .setParameter("name", name.value())
                .getResultStream()
                .findFirst()
                .orElse(null);
        if (room == null) {
            return new ReadMarkers.Marked(0, false);
        }
        var seq = Math.min(wanted, room.head().lastSeq());
        if (moved(account, room.id(), seq)) {
            return new ReadMarkers.Marked(seq, true);
        }
        var standing = entities.find(ReadMarkerRecord.class, new ReadMarkerRecord.Key(account, room.id()));
        if (standing == null) {
            entities.persist(new ReadMarkerRecord(account, room.id(), seq));
            // Here and not during the commit: there the transaction manager would hide what the database said.
            entities.flush();
            return new ReadMarkers.Marked(seq, true);
        }
        if (standing.seq() < seq) {
            // The first one was committed between the update, which did not see it, and the question.
            if (moved(account, room.id(), seq)) {
                return new ReadMarkers.Marked(seq, true);
            }
            entities.refresh(standing);
        }
        return new ReadMarkers.Marked(standing.seq(), false);
    }

    // Conditional, so that of two at the same moment the one that is further stays.
    private boolean moved(String account, long room, long seq) {
        return entities.createQuery("update ReadMarkerRecord m set m.seq = :seq"
                                + " where m.accountId = :account and m.roomId = :room and m.seq < :seq")
                        .setParameter("seq", seq)
                        .setParameter("account", account)
                        .setParameter("room", room)
                        .executeUpdate()
                > 0;
    }
}
