package org.parlour.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.parlour.protocol.RoomName;

/**
 * What {@link Purge} does to the tables; a transaction for each call, and none that holds a room's row for longer than it takes to
 * write one number into it. Every method blocks on the database and fails when that does.
 */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class PurgeRows {

    @PersistenceContext(unitName = "parlour")
    private EntityManager entities;

    /**
     * A room of which something is kept.
     *
     * @param purged up to where it is gone @param days as its owner wants it, 0 for no wish; @param events likewise
     * @param oldest when the oldest event that is kept was stored
     */
    record Kept(long id, RoomName name, long lastSeq, long purged, int days, long events, Instant oldest) {}

    /** The next rooms, by their ids. @param onlyWithWishes whether the others are of no interest */
    public List<Kept> roomsAfter(long id, boolean onlyWithWishes, int limit) {
        return entities.createQuery(
                        "select r, m.at from RoomRecord r left join MessageRecord m"
                                + " on m.roomId = r.id and m.seq = r.purged + 1 where r.id > :id and r.lastSeq > r.purged"
                                + (onlyWithWishes ? " and (r.retentionDays > 0 or r.retentionEvents > 0)" : "")
                                + " order by r.id",
                        Object[].class)
                .setParameter("id", id)
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> ((RoomRecord) row[0]).kept((OffsetDateTime) row[1]))
                .toList();
    }

    /** Whether any room has a wish of its own. */
    public boolean anyWishes() {
        return !entities.createQuery(
                        "select r.id from RoomRecord r where r.retentionDays > 0 or r.retentionEvents > 0", Long.class)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /**
     * Up to where a room's next events are too old. A younger one keeps all behind it, for a clock may have jumped.
     *
     * @param limit how many are looked at
     */
    public long tooOldThrough(long room, long purged, Instant before, int limit) {
        var through = purged;
        var next = entities.createQuery(
                        "select m.seq, m.at from MessageRecord m where m.roomId = :room and m.seq > :purged order by m.seq",
                        Object[].class)
                .setParameter("room", room)
                .setParameter("purged", purged)
                .setMaxResults(limit)
                .getResultList();
        for (var event : next) {
            if (!((OffsetDateTime) event[1]).toInstant().isBefore(before)) {
                break;
            }
            through = (long) event[0];
        }
        return through;
    }

    /** Says that nothing up to this seq can be read any more; nobody else may delete it from then on. */
    public void setPurged(long room, long through) {
        entities.createQuery("update RoomRecord r set r.purged = :through where r.id = :room and r.purged < :through")
                .setParameter("room", room)
                .setParameter("through", through)
                .executeUpdate();
    }

    /** Deletes what cannot be read any more. @return how much that was */
    public int deletePurged(long room, long through) {
        return entities.createQuery("delete from MessageRecord m where m.roomId = :room and m.seq <= :through")
                .setParameter("room", room)
                .setParameter("through", through)
                .executeUpdate();
    }

    /** A room of which something is gone. */
    record Gone(long id, RoomName name, long purged) {}

    /** The next rooms of which something is gone, by their ids. */
    public List<Gone> purgedAfter(long id, int limit) {
        return entities.createQuery(
                        "select r.id, r.name, r.purged from RoomRecord r where r.id > :id and r.purged > 0 order by r.id",
                        Object[].class)
                .setParameter("id", id)
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> new Gone((long) row[0], new RoomName((String) row[1]), (long) row[2]))
                .toList();
    }
}
