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
import java.text.ParseException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import org.parlour.config.ChatConfig;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.Username;
import org.parlour.storage.DatabaseReady;

/**
 * What the holder of an account shows for some minutes after a login: a JWT (RFC 7519) that this installation has signed. Any thread
 * may enter and nothing here waits for the database: the key is fetched once, and {@link EndedLogins} are kept in memory.
 */
@ApplicationScoped
public class AccessTokens {

    static final String ISSUER = "parlour";

    private static final String PURPOSE = "access";
    private static final String SESSION = "sid";
    private static final String NAME = "name";
    private static final String ADMINISTRATOR = "adm";

    @Inject
    private SigningKeys keys;

    @Inject
    private EndedLogins ended;

    @Inject
    private ChatConfig config;

    private volatile byte[] key;

    /** For the container. */
    protected AccessTokens() {}

    AccessTokens(byte[] key, EndedLogins ended, ChatConfig config) {
        this.key = key.clone();
        this.ended = ended;
        this.config = config;
    }

    void fetchKey(@Observes DatabaseReady ready) {
        var configured = config.auth().accessTokenKey().value();
        key = configured.isEmpty()
                ? SigningKeys.found(keys, PURPOSE)
                : Base64.getDecoder().decode(configured);
    }

    /** An access token, and until when it is good. */
    record Issued(String token, Instant expiresAt) {}

    Issued issue(Account account, String session) {
        // Whole seconds: that is what a JWT can say.
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var expiresAt = now.plus(config.auth().accessTokenLife());
        var claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(PURPOSE)
                .subject(account.id())
                .claim(SESSION, session)
                .claim(NAME, account.name().value())
                .claim(ADMINISTRATOR, account.administrator())
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(expiresAt))
                .build();
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(key()));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
        return new Issued(token.serialize(), expiresAt);
    }

    /** @throws Refusal NOT_AUTHENTICATED, TOKEN_EXPIRED, or STORAGE_UNAVAILABLE while the database has not been reached yet */
    Identity identityOf(SignedJWT token) {
        var claims = claimsOf(token, key());
        try {
            var account = claims.getSubject();
            var session = claims.getStringClaim(SESSION);
            var expiresAt = claims.getExpirationTime().toInstant();
            if (!expiresAt.isAfter(Instant.now())) {
                throw new Refusal(ErrorCode.TOKEN_EXPIRED, "This token has expired.", "token");
            }
            if (ended.contains(account, session, claims.getIssueTime().toInstant())) {
                throw new Refusal(ErrorCode.NOT_AUTHENTICATED, "This login has ended.", "token");
            }
            return new Identity(
                    Identity.Kind.ACCOUNT,
                    account,
                    new Username(claims.getStringClaim(NAME)),
                    claims.getBooleanClaim(ADMINISTRATOR),
                    session,
                    expiresAt);
        } catch (ParseException malformed) {
            throw BearerTokens.notAuthenticated();
        }
    }

    // The algorithm is ours to choose: what the token says of it, or of keys, is not believed.
    private static JWTClaimsSet claimsOf(SignedJWT token, byte[] key) {
        try {
            if (!JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm()) || !token.verify(new MACVerifier(key))) {
                throw BearerTokens.notAuthenticated();
            }
            var claims = token.getJWTClaimsSet();
            var now = new Date();
            if (!ISSUER.equals(claims.getIssuer())
                    || !claims.getAudience().contains(PURPOSE)
                    || claims.getSubject() == null
                    || claims.getExpirationTime() == null
                    || claims.getIssueTime() == null
                    || claims.getNotBeforeTime() == null
                    || claims.getNotBeforeTime().after(now)) {
                throw BearerTokens.notAuthenticated();
            }
            return claims;
        } catch (ParseException | JOSEException | IllegalStateException malformed) {
            throw BearerTokens.notAuthenticated();
        }
    }

    private byte[] key() {
        var known = key;
        if (known == null) {
            throw Refusal.storageUnavailable();
        }
        return known;
    }
}
