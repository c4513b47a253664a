package org.parlour.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.regex.Pattern;
import org.parlour.config.ChatConfig;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.storage.DatabaseReady;

/**
 * What a guest shows to be the same guest again: a JWT (RFC 7519) that this installation has signed, with the guest's id as its
 * subject. Whoever has it is that guest. Any thread may enter and nothing here waits for the database, for the key is fetched once,
 * when the database is reached.
 */
@ApplicationScoped
public class GuestTokens {

    private static final String PURPOSE = "guest";
    private static final int ID_BYTES = 12;
    private static final int MAX_LENGTH = 1_024;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{16}");

    private final SecureRandom random = new SecureRandom();

    @Inject
    private SigningKeys keys;

    @Inject
    private ChatConfig config;

    private volatile byte[] key;

    /** For the container. */
    protected GuestTokens() {}

    GuestTokens(byte[] key, ChatConfig config) {
        this.key = key.clone();
        this.config = config;
    }

    void fetchKey(@Observes DatabaseReady ready) {
        key = SigningKeys.found(keys, PURPOSE);
    }

    /** The id of a guest that nobody has met before. */
    public String newGuest() {
        var id = new byte[ID_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    /** @throws Refusal STORAGE_UNAVAILABLE while the database has not been reached yet */
    public String issue(String guest) {
        var now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .subject(guest)
                .audience(PURPOSE)
                .expirationTime(Date.from(now.plus(config.guestTokenLife())))
                .build();
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(key()));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
        return token.serialize();
    }

    /**
     * @return the guest's id
     * @throws Refusal NOT_AUTHENTICATED, TOKEN_EXPIRED, or STORAGE_UNAVAILABLE while the database has not been reached yet
     */
    public String guestOf(String token) {
        var claims = claimsOf(token, key());
        if (claims.getExpirationTime().toInstant().isBefore(Instant.now())) {
            throw new Refusal(ErrorCode.TOKEN_EXPIRED, "This token has expired. Come as a new guest.", "token");
        }
        return claims.getSubject();
    }

    // The algorithm is ours to choose: what the token says of it, or of keys, is not believed.
    private static JWTClaimsSet claimsOf(String token, byte[] key) {
        try {
            if (token.length() > MAX_LENGTH) {
                throw notOurs();
            }
            var signed = SignedJWT.parse(token);
            if (!JWSAlgorithm.HS256.equals(signed.getHeader().getAlgorithm()) || !signed.verify(new MACVerifier(key))) {
                throw notOurs();
            }
            var claims = signed.getJWTClaimsSet();
            if (!claims.getAudience().contains(PURPOSE)
                    || claims.getExpirationTime() == null
                    || claims.getSubject() == null
                    || !ID.matcher(claims.getSubject()).matches()) {
                throw notOurs();
            }
            return claims;
        } catch (ParseException | JOSEException | IllegalStateException malformed) {
            throw notOurs();
        }
    }

    private byte[] key() {
        var known = key;
        if (known == null) {
            throw Refusal.storageUnavailable();
        }
        return known;
    }

    private static Refusal notOurs() {
        return new Refusal(ErrorCode.NOT_AUTHENTICATED, "This is not a token of this server.", "token");
    }
}
