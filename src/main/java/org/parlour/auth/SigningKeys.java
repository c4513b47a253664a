package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The keys that this installation signs with, in its database. Every method blocks on the database. */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class SigningKeys {

    /** RFC 7518 section 3.2: as long as the hash of HS256. */
    private static final int LENGTH = 32;

    @PersistenceContext(unitName = "parlour")
    private EntityManager entities;

    /** The key for a purpose, made if there is none yet. Static, because each attempt is a transaction of its own. */
    static byte[] found(SigningKeys keys, String purpose) {
        return keys.find(purpose).orElseGet(() -> {
            try {
                return keys.make(purpose);
            } catch (RuntimeException another) {
                return keys.find(purpose).orElseThrow(() -> another);
            }
        });
    }

    public Optional<byte[]> find(String purpose) {
        return Optional.ofNullable(entities.find(SigningKeyRecord.class, purpose))
                .map(SigningKeyRecord::secret);
    }

    /** Fails if another server was faster: then {@link #find} has it. */
    public byte[] make(String purpose) {
        var secret = new byte[LENGTH];
        new SecureRandom().nextBytes(secret);
        entities.persist(new SigningKeyRecord(purpose, secret, Instant.now().truncatedTo(ChronoUnit.MILLIS)));
        entities.flush();
        return secret;
    }
}
