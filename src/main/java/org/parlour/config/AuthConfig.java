package org.parlour.config;

import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Who may come in, and by what proof.
 *
 * @param guests whether somebody without an account may
 * @param roomMakers who may make rooms
 * @param accounts whether there are accounts with a password here; @param registration whether anybody may make one
 * @param bootstrapAdministrator the name of the local account that becomes an administrator
 * @param administratorRole in which the application server, or an issuer, says that somebody is one
 * @param accessTokenLife how long an access token is good for
 * @param accessTokenKey what they are signed with; empty = made at the first start and kept in the database
 * @param loginLife how long a login lasts from its last use
 * @param logins how often one address may try to log in; @param registrations how often it may make an account
 * @param passwordIterations of PBKDF2, for new passwords; @param passwordHashers how many passwords are hashed at the same time
 * @param origins whose pages may speak with this server besides its own: {@code https://example.org}
 * @param withoutOrigin whether who sends no Origin may come in without a bearer token
 * @param issuer whose tokens are accepted besides our own
 */
public record AuthConfig(
        boolean guests,
        RoomMakers roomMakers,
        boolean accounts,
        boolean registration,
        Optional<String> bootstrapAdministrator,
        String administratorRole,
        Duration accessTokenLife,
        Secret accessTokenKey,
        Duration loginLife,
        Rate logins,
        Rate registrations,
        int passwordIterations,
        int passwordHashers,
        Set<String> origins,
        boolean withoutOrigin,
        Optional<Issuer> issuer) {

    /** RFC 7518 section 3.2: as long as the hash of HS256. */
    private static final int LEAST_KEY_BYTES = 32;

    /**
     * Somebody else who says who people are.
     *
     * @param name the {@code iss} of its tokens; @param audience the {@code aud} that they must have
     * @param key its public key in PEM, or nothing if there are {@code keys}
     * @param keys where its JWK set lies
     * @param nameClaim what it calls somebody; @param groupsClaim the roles that it gives
     */
    public record Issuer(
            String name,
            String audience,
            Optional<String> key,
            Optional<URI> keys,
            String nameClaim,
            String groupsClaim) {

        static Optional<Issuer> from(Function<String, String> source) {
            var key = Setting.ISSUER_KEY.optional(source);
            var keys = Setting.ISSUER_KEYS.location(source);
            return Setting.ISSUER.optional(source).map(name -> {
                if (key.isPresent() == keys.isPresent()) {
                    throw new IllegalArgumentException("With " + Setting.ISSUER.key() + ", allowed is either "
                            + Setting.ISSUER_KEY.key() + " or " + Setting.ISSUER_KEYS.key() + ", and one is needed.");
                }
                return new Issuer(
                        name,
                        Setting.ISSUER_AUDIENCE.text(source),
                        key,
                        keys,
                        Setting.ISSUER_NAME_CLAIM.text(source),
                        Setting.ISSUER_GROUPS_CLAIM.text(source));
            });
        }
    }

    static AuthConfig from(Function<String, String> source) {
        var limited = Setting.ADMISSION.isOn(source);
        return new AuthConfig(
                Setting.GUESTS.isOn(source),
                Setting.ROOM_MAKERS.roomMakers(source),
                Setting.ACCOUNTS.isOn(source),
                Setting.REGISTRATION.isOn(source),
                Setting.BOOTSTRAP_ADMINISTRATOR.optional(source),
                Setting.ADMINISTRATOR_ROLE.text(source),
                Duration.ofMinutes(Setting.ACCESS_TOKEN_MINUTES.number(source)),
                key(source),
                Duration.ofDays(Setting.LOGIN_DAYS.number(source)),
                limited ? Rate.perMinute(Setting.ADDRESS_LOGINS_PER_MINUTE.number(source)) : Rate.UNLIMITED,
                limited ? Rate.perHour(Setting.ADDRESS_REGISTRATIONS_PER_HOUR.number(source)) : Rate.UNLIMITED,
                Setting.PASSWORD_ITERATIONS.number(source),
                Setting.PASSWORD_HASHERS.number(source),
                Setting.ALLOWED_ORIGINS.origins(source),
                Setting.WITHOUT_ORIGIN.isOn(source),
                Issuer.from(source));
    }

    // The value itself must not get into the log, so the sentence does not repeat it.
    private static Secret key(Function<String, String> source) {
        var text = Setting.ACCESS_TOKEN_KEY.optional(source).orElse("");
        try {
            if (text.isEmpty() || Base64.getDecoder().decode(text).length >= LEAST_KEY_BYTES) {
                return new Secret(text);
            }
        } catch (IllegalArgumentException notBase64) {
            throw notAKey();
        }
        throw notAKey();
    }

    private static IllegalArgumentException notAKey() {
        return new IllegalArgumentException(Setting.ACCESS_TOKEN_KEY.key() + " ("
                + Setting.ACCESS_TOKEN_KEY.environmentVariable() + ") is no key; allowed is none, or at least "
                + LEAST_KEY_BYTES + " random bytes in Base64.");
    }
}
