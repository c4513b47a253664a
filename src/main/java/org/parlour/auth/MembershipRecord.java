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

/** The role that an account has in a room. */
@Entity
@Table(name = "membership")
@IdClass(MembershipRecord.Key.class)
class MembershipRecord {

    record Key(long roomId, String accountId) implements Serializable {}

    @Id
    @Column(name = "room_id")
    private long roomId;

    @Id
    @Column(name = "account_id")
    private String accountId;

    @Enumerated(EnumType.STRING)
    private Role role;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    protected MembershipRecord() {}

    MembershipRecord(long roomId, String accountId, Role role, Instant now) {
        this.roomId = roomId;
        this.accountId = accountId;
        this.role = role;
        this.createdAt = now.atOffset(ZoneOffset.UTC);
    }

    String accountId() {
        return accountId;
    }

    Role role() {
        return role;
    }

    void setRole(Role role) {
        this.role = role;
    }
}
