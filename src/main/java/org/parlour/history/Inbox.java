package org.parlour.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.parlour.protocol.RoomName;

/** What waits for an account. Every method blocks on the database and fails with an unchecked exception when that does. */
@ApplicationScoped
@Transactional
public class Inbox {

    /** Nobody counts further back than so many events: more unread than that is many. */
    private static final int COUNTED = 1_000;

    private static final String UNREAD = "x.kind in :spoken and x.content is not null and x.senderId <> :me"
            + " and x.seq > r.purged and x.seq > r.lastSeq - " + COUNTED + " and x.seq > coalesce(m.seq, 0)";

    private static final String MARKED = " left join ReadMarkerRecord m on m.roomId = r.id and m.accountId = :me";

    @PersistenceContext(unitName = "parlour")
    private EntityManager entities;

    @Inject
    private Conversations conversations;

    /**
     * How far somebody has read, and what it has not.
     *
     * @param room its id; @param head the newest seq; @param read the marker, 0 if there is none
     * @param unread messages of others above the marker, but only among the last 1000 events; @param lastAt when something happened last
     */
    public record Standing(long room, String name, long head, long read, long unread, Instant lastAt) {}

    /** A conversation. @param mate with whom it is */
    public record Entry(Addressee mate, Standing standing) {}

    /**
     * The conversations of somebody in which something was said, the one in which that was last first.
     *
     * @param at only such in which nothing has happened since; @param room likewise, of those of the same moment those with a lower id
     */
    public List<Entry> conversations(String account, Instant at, long room, int limit) {
        conversations.requireReached();
        var rows = entities.createQuery(
                        "select o.personId, o.name, r, coalesce(m.seq, 0) from RoomRecord r"
                                + " join ParticipantRecord p on p.roomId = r.id"
                                + " join ParticipantRecord o on o.roomId = r.id" + MARKED
                                + " where p.personId = :me and o.personId <> :me and r.lastSeq > 0 and (r.lastActivity < :at"
                                + " or r.lastActivity = :at and r.id < :room)"
                                + " order by r.lastActivity desc, r.id desc",
                        Object[].class)
                .setParameter("me", account)
                .setParameter("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                .setParameter("room", room)
                .setMaxResults(limit)
                .getResultList();
        var unread = unread(
                account, rows.stream().map(row -> ((RoomRecord) row[2]).id()).toList());
        return rows.stream()
                .map(row -> new Entry(
                        new Addressee((String) row[0], (String) row[1]),
                        standing((RoomRecord) row[2], (Number) row[3], unread)))
                .toList();
    }

    /** The rooms, and no conversations, of which an account has a marker; by name. */
    public List<RoomName> marked(String account, int limit) {
        conversations.requireReached();
        return entities.createQuery(
                        "select r.name from ReadMarkerRecord m join RoomRecord r on r.id = m.roomId"
                                + " where m.accountId = :me and r.kind <> org.parlour.auth.RoomKind.DIRECT order by r.name",
                        String.class)
                .setParameter("me", account)
                .setMaxResults(limit)
                .getResultStream()
                .map(RoomName::new)
                .toList();
    }

    /** How it stands with those of these rooms that there are, by name. Whether somebody may know of them is not asked here. */
    public List<Standing> standings(String account, Collection<RoomName> rooms) {
        if (rooms.isEmpty()) {
            return List.of();
        }
        conversations.requireReached();
        var rows = entities.createQuery(
                        "select r, coalesce(m.seq, 0) from RoomRecord r" + MARKED
                                + " where r.name in :names order by r.name",
                        Object[].class)
                .setParameter("me", account)
                .setParameter("names", rooms.stream().map(RoomName::value).toList())
                .getResultList();
        var unread = unread(
                account, rows.stream().map(row -> ((RoomRecord) row[0]).id()).toList());
        return rows.stream()
                .map(row -> standing((RoomRecord) row[0], (Number) row[1], unread))
                .toList();
    }

    private static Standing standing(RoomRecord room, Number read, Map<Long, Long> unread) {
        return new Standing(
                room.id(),
                room.name(),
                room.head().lastSeq(),
                read.longValue(),
                unread.getOrDefault(room.id(), 0L),
                room.lastActivity());
    }

    private Map<Long, Long> unread(String account, List<Long> rooms) {
        if (rooms.isEmpty()) {
            return Map.of();
        }
        return entities.createQuery(
                        "select r.id, count(x.seq) from RoomRecord r join MessageRecord x on x.roomId = r.id" + MARKED
                                + " where r.id in :rooms and " + UNREAD + " group by r.id",
                        Object[].class)
                .setParameter("me", account)
                .setParameter("rooms", rooms)
                .setParameter("spoken", EventKind.SPOKEN)
                .getResultStream()
                .collect(Collectors.toMap(row -> (Long) row[0], row -> ((Number) row[1]).longValue()));
    }

    /** In how many conversations there is something that an account has not read. */
    public int waiting(String account) {
        conversations.requireReached();
        return entities.createQuery(
                        "select count(distinct r.id) from RoomRecord r join ParticipantRecord p on p.roomId = r.id"
                                + " join MessageRecord x on x.roomId = r.id" + MARKED
                                + " where p.personId = :me and " + UNREAD,
                        Long.class)
                .setParameter("me", account)
                .setParameter("spoken", EventKind.SPOKEN)
                .getSingleResult()
                .intValue();
    }
}
