package org.parlour.auth;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;

/** A key's row. */
@Entity
@Table(name = "signing_key")
class SigningKeyRecord {

    @Id
    private String purpose;

    private String secret;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    protected SigningKeyRecord() {}

    SigningKeyRecord(String purpose, byte[] secret, Instant now) {
        this.purpose = purpose;
        this.secret = Base64.getEncoder().encodeToString(secret);
        this.createdAt = now.atOffset(ZoneOffset.UTC);
    }

    byte[] secret() {
        return Base64.getDecoder().decode(secret);
    }
}
