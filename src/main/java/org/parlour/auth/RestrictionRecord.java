package org.parlour.auth;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** What somebody may not do in a room. */
@Entity
@Table(name = "restriction")
@IdClass(RestrictionRecord.Key.class)
class RestrictionRecord {

    record Key(long roomId, Restriction.Kind kind, String subject) implements Serializable {}

    @Id
    @Column(name = "room_id")
    private long roomId;

    @Id
    @Enumerated(EnumType.STRING)
    private Restriction.Kind kind;

    @Id
    private String subject;

    /** What the subject was called when this was decided. */
    private String name;

    @Column(name = "ends_at")
    private OffsetDateTime endsAt;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    protected RestrictionRecord() {}

    RestrictionRecord(long roomId, Restriction restriction, String name, Instant now) {
        this.roomId = roomId;
        this.kind = restriction.kind();
        this.subject = restriction.subject();
        this.name = name;
        this.createdAt = now.atOffset(ZoneOffset.UTC);
        endAt(restriction.until());
    }

    void endAt(Instant until) {
        endsAt = until == null ? null : until.atOffset(ZoneOffset.UTC);
    }

    Restriction restriction() {
        return new Restriction(kind, subject, endsAt == null ? null : endsAt.toInstant());
    }
}
