package org.parlour.auth;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** A row of the audit log. */
@Entity
@Table(name = "audit")
class AuditRecord {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "audit_id")
    @SequenceGenerator(name = "audit_id", sequenceName = "audit_id", allocationSize = 50)
    private long id;

    private OffsetDateTime at;

    @Column(name = "actor_id")
    private String actorId;

    @Column(name = "actor_name")
    private String actorName;

    private String action;
    private String target;
    private String room;
    private String detail;
    private String address;

    protected AuditRecord() {}

    AuditRows.Line line() {
        return new AuditRows.Line(id, at.toInstant(), actorId, actorName, action, target, room, detail, address);
    }

    AuditRecord(AuditEntry entry) {
        this.at = entry.at().atOffset(ZoneOffset.UTC);
        this.actorId = entry.actorId();
        this.actorName = entry.actorName();
        this.action = entry.action().name();
        this.target = entry.target();
        this.room = entry.room();
        this.detail = entry.detail();
        this.address = entry.address();
    }
}
