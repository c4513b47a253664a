package org.parlour.auth;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** A login's row: which refresh token is good for it, and which was so just before. */
@Entity
@Table(name = "login_session")
class LoginRecord {

    @Id
    private String id;

    @Column(name = "account_id")
    private String accountId;

    @Column(name = "refresh_hash")
    private String refreshHash;

    @Column(name = "previous_hash")
    private String previousHash;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @Column(name = "last_used")
    private OffsetDateTime lastUsed;

    @Column(name = "expires_at")
    private OffsetDateTime expiresAt;

    @Column(name = "revoked_at")
    private OffsetDateTime revokedAt;

    protected LoginRecord() {}

    LoginRecord(String id, String accountId, String refreshHash, Instant now, Instant expiresAt) {
        this.id = id;
        this.accountId = accountId;
        this.refreshHash = refreshHash;
        this.createdAt = utc(now);
        this.lastUsed = createdAt;
        this.expiresAt = utc(expiresAt);
    }

    String id() {
        return id;
    }

    String accountId() {
        return accountId;
    }

    Instant revokedAt() {
        return revokedAt.toInstant();
    }

    Instant lastUsed() {
        return lastUsed.toInstant();
    }

    LoginRows.Living living() {
        return new LoginRows.Living(id, createdAt.toInstant(), lastUsed.toInstant(), expiresAt.toInstant());
    }

    boolean isOver(Instant now) {
        return revokedAt != null || !expiresAt.toInstant().isAfter(now);
    }

    boolean isCurrent(String hash) {
        return refreshHash.equals(hash);
    }

    boolean wasPrevious(String hash) {
        return hash.equals(previousHash);
    }

    void rotate(String hash, Instant now, Instant expiresAt) {
        this.previousHash = refreshHash;
        this.refreshHash = hash;
        this.lastUsed = utc(now);
        this.expiresAt = utc(expiresAt);
    }

    void revoke(Instant now) {
        if (revokedAt == null) {
            revokedAt = utc(now);
        }
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
