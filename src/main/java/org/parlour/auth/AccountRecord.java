package org.parlour.auth;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.parlour.protocol.Username;

/** An account's row. */
@Entity
@Table(name = "account")
class AccountRecord {

    @Id
    private String id;

    private String source;
    private String subject;
    private String name;

    /** Null unless it has a password here. */
    @Column(name = "password_hash")
    private String passwordHash;

    private boolean administrator;
    private boolean disabled;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @Column(name = "last_seen")
    private OffsetDateTime lastSeen;

    protected AccountRecord() {}

    AccountRecord(String id, String source, String subject, Username name, String passwordHash, Instant now) {
        this.id = id;
        this.source = source;
        this.subject = subject;
        this.name = name.value();
        this.passwordHash = passwordHash;
        this.createdAt = now.atOffset(ZoneOffset.UTC);
        this.lastSeen = createdAt;
    }

    String id() {
        return id;
    }

    Instant createdAt() {
        return createdAt.toInstant();
    }

    Account account() {
        return new Account(id, source, subject, new Username(name), administrator, disabled);
    }

    String passwordHash() {
        return passwordHash;
    }

    void setPasswordHash(String hash) {
        passwordHash = hash;
    }

    void seen(Instant now) {
        lastSeen = now.atOffset(ZoneOffset.UTC);
    }

    void setAdministrator(boolean administrator) {
        this.administrator = administrator;
    }

    void setDisabled(boolean disabled) {
        this.disabled = disabled;
    }
}
