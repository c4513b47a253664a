package org.parlour.auth;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** A room's row, as far as it says how the room is set. The rest of it belongs to the log, which goes on writing it meanwhile. */
@Entity
@Table(name = "room")
class RoomRulesRecord {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "room_id")
    private long id;

    @Column(updatable = false)
    private String name;

    @Enumerated(EnumType.STRING)
    private RoomKind kind;

    @Column(name = "password_hash")
    private String passwordHash;

    private boolean archived;

    @Column(name = "slow_mode")
    private int slowMode;

    @Column(name = "max_members")
    private int maxMembers;

    @Column(name = "retention_days")
    private int retentionDays;

    @Column(name = "retention_events")
    private int retentionEvents;

    // What the log begins with, for a room that is made before anything was said in it.

    @Column(updatable = false)
    private String epoch;

    @Column(name = "last_seq", updatable = false)
    private long lastSeq;

    @Column(updatable = false)
    private String topic;

    @Column(name = "created_at", updatable = false)
    private OffsetDateTime createdAt;

    @Column(name = "last_activity", updatable = false)
    private OffsetDateTime lastActivity;

    protected RoomRulesRecord() {}

    RoomRulesRecord(String name, RoomRules rules, Instant now) {
        this.name = name;
        this.epoch = UUID.randomUUID().toString();
        this.topic = "";
        this.createdAt = now.atOffset(ZoneOffset.UTC);
        this.lastActivity = createdAt;
        set(rules);
    }

    long id() {
        return id;
    }

    String name() {
        return name;
    }

    RoomRules rules() {
        return new RoomRules(
                kind, passwordHash, archived, new RoomLimits(slowMode, maxMembers, retentionDays, retentionEvents));
    }

    void set(RoomRules rules) {
        kind = rules.kind();
        passwordHash = rules.passwordHash();
        archived = rules.archived();
        slowMode = rules.limits().slowMode();
        maxMembers = rules.limits().maxMembers();
        retentionDays = rules.limits().retentionDays();
        retentionEvents = rules.limits().retentionEvents();
    }
}
