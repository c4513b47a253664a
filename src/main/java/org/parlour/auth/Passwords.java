package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.parlour.config.ChatConfig;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;

/**
 * Hashes passwords, PBKDF2 with HMAC-SHA256, written as Jakarta Security writes them: {@code algorithm:iterations:salt:hash}. That
 * takes a good part of a second on purpose, so only a few are hashed at a time and whoever comes then waits a moment or is refused.
 *
 * @see <a href="https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver">NIST SP 800-63B, section 3.1.1.2</a>
 */
@ApplicationScoped
public class Passwords {

    static final int MIN_LENGTH = 8;
    static final int MAX_LENGTH = 128;

    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final int SALT_BYTES = 32;
    private static final int HASH_BYTES = 32;
    private static final int PATIENCE_SECONDS = 2;
    private static final int MOST_UNITS_READ = 4 * MAX_LENGTH;

    private final SecureRandom random = new SecureRandom();

    private int iterations;
    private Semaphore places;

    /** What a password is compared with if nobody has that name: it fits none, and takes as long. */
    private String nobodys;

    /** For the container. */
    protected Passwords() {}

    @Inject
    Passwords(ChatConfig config) {
        this.iterations = config.auth().passwordIterations();
        this.places = new Semaphore(config.auth().passwordHashers(), true);
        this.nobodys = written(iterations, bytes(SALT_BYTES), bytes(HASH_BYTES));
    }

    /**
     * What to keep of a new password.
     *
     * @throws Refusal BAD_MESSAGE if it is too short or too long, OVERLOADED if too many are being hashed
     */
    String hash(String password) {
        var normal = normalised(password);
        var length = normal.codePointCount(0, normal.length());
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw new Refusal(
                    ErrorCode.BAD_MESSAGE,
                    "A password has " + MIN_LENGTH + " to " + MAX_LENGTH + " characters.",
                    "password");
        }
        return inTurn(() -> {
            var salt = bytes(SALT_BYTES);
            return written(iterations, salt, derived(normal, salt, iterations, HASH_BYTES));
        });
    }

    /**
     * Whether it is the password that this was kept of. Takes as long if nothing was kept.
     *
     * @param hash from {@link #hash}, or null if there is no such account
     * @throws Refusal OVERLOADED if too many are being hashed
     */
    boolean matches(String password, String hash) {
        var normal = normalised(password);
        var parts = (hash == null ? nobodys : hash).split(":");
        var salt = Base64.getDecoder().decode(parts[2]);
        var kept = Base64.getDecoder().decode(parts[3]);
        var derived = inTurn(() -> derived(normal, salt, Integer.parseInt(parts[1]), kept.length));
        return MessageDigest.isEqual(kept, derived) && hash != null;
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw overloaded();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw overloaded();
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    private static Refusal overloaded() {
        return new Refusal(ErrorCode.OVERLOADED, "Too many people are logging in. Please try again in a moment.");
    }

    // The same password may come in other code points from another keyboard.
    private static String normalised(String password) {
        if (password.length() > MOST_UNITS_READ) {
            return password.substring(0, MOST_UNITS_READ);
        }
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private static byte[] derived(String password, byte[] salt, int iterations, int length) {
        try {
            var spec = new PBEKeySpec(password.toCharArray(), salt, iterations, length * Byte.SIZE);
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String written(int iterations, byte[] salt, byte[] hash) {
        var base64 = Base64.getEncoder();
        return ALGORITHM + ":" + iterations + ":" + base64.encodeToString(salt) + ":" + base64.encodeToString(hash);
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
