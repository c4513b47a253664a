package org.parlour.history;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.parlour.auth.RoomKind;
import org.parlour.protocol.RoomName;

/** A room's row. Holding its lock is the right to append to the room's log. */
@Entity
@Table(name = "room")
class RoomRecord {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "room_id")
    @SequenceGenerator(name = "room_id", sequenceName = "room_id", allocationSize = 50)
    private long id;

    private String name;

    /** Written when the row is made; how a room is set later is not the log's business. */
    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private RoomKind kind;

    private String epoch;

    @Column(name = "last_seq")
    private long lastSeq;

    private String topic;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @Column(name = "last_activity")
    private OffsetDateTime lastActivity;

    @Column(name = "purged_seq", updatable = false)
    private long purged;

    // What the room's owner wants is written elsewhere.

    @Column(name = "retention_days", insertable = false, updatable = false)
    private int retentionDays;

    @Column(name = "retention_events", insertable = false, updatable = false)
    private long retentionEvents;

    protected RoomRecord() {}

    RoomRecord(String name, RoomKind kind, Instant now) {
        this.name = name;
        this.kind = kind;
        this.epoch = UUID.randomUUID().toString();
        this.topic = "";
        this.createdAt = now.atOffset(ZoneOffset.UTC);
        this.lastActivity = createdAt;
    }

    long id() {
        return id;
    }

    String name() {
        return name;
    }

    Instant lastActivity() {
        return lastActivity.toInstant();
    }

    RoomHead head() {
        return new RoomHead(epoch, lastSeq, topic, purged);
    }

    /** The newest seq that cannot be read any more. */
    long purged() {
        return purged;
    }

    /** @param oldest when the first event behind what is gone was stored, or null if there is none */
    PurgeRows.Kept kept(OffsetDateTime oldest) {
        return new PurgeRows.Kept(
                id,
                new RoomName(name),
                lastSeq,
                purged,
                retentionDays,
                retentionEvents,
                oldest == null ? null : oldest.toInstant());
    }

    /** Gives out the next seq. */
    long advance(Instant now) {
        lastActivity = now.atOffset(ZoneOffset.UTC);
        return ++lastSeq;
    }

    void setTopic(String topic) {
        this.topic = topic;
    }
}
