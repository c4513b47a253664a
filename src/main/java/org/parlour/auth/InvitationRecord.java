package org.parlour.auth;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** An invitation's row. */
@Entity
@Table(name = "invitation")
class InvitationRecord {

    @Id
    private String id;

    @Column(name = "room_id")
    private long roomId;

    /** The hash of the secret. */
    private String secret;

    @Enumerated(EnumType.STRING)
    private Role role;

    @Column(name = "inviter_id")
    private String inviterId;

    /** Whether the inviter had the right as an administrator, and not by a role in the room. */
    @Column(name = "by_office")
    private boolean byOffice;

    /** How many are left. */
    private int uses;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @Column(name = "expires_at")
    private OffsetDateTime expiresAt;

    protected InvitationRecord() {}

    InvitationRecord(
            String id, long roomId, String secret, Invitation wanted, String inviterId, boolean byOffice, Instant now) {
        this.id = id;
        this.roomId = roomId;
        this.secret = secret;
        this.role = wanted.role();
        this.inviterId = inviterId;
        this.byOffice = byOffice;
        this.uses = wanted.uses();
        this.createdAt = now.atOffset(ZoneOffset.UTC);
        this.expiresAt = now.plusSeconds(wanted.seconds()).atOffset(ZoneOffset.UTC);
    }

    String id() {
        return id;
    }

    long roomId() {
        return roomId;
    }

    Role role() {
        return role;
    }

    String inviterId() {
        return inviterId;
    }

    boolean byOffice() {
        return byOffice;
    }

    int uses() {
        return uses;
    }

    Instant createdAt() {
        return createdAt.toInstant();
    }

    Instant expiresAt() {
        return expiresAt.toInstant();
    }
}
