package org.parlour.auth;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Random ids and secrets, and what is kept of a secret. */
final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** @return that many random bytes in letters, digits, {@code -} and {@code _} */
    static String random(int bytes) {
        var value = new byte[bytes];
        RANDOM.nextBytes(value);
        return encoded(value);
    }

    /** SHA-256, 43 characters. Good for what is random and long; a password needs more. */
    static String hash(byte[] value) {
        try {
            return encoded(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String encoded(byte[] value) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }
}
