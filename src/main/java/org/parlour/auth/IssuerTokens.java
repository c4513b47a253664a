package org.parlour.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.MalformedURLException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.parlour.config.AuthConfig.Issuer;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;

/**
 * Reads the tokens of somebody else who says who people are: JWTs with a signature that only its owner can make. What a token says of
 * keys and where to find them ({@code jwk}, {@code jku}, {@code x5u}) is not looked at; its {@code kid} only chooses among the keys
 * that are known.
 */
final class IssuerTokens {

    private static final Logger LOG = System.getLogger(IssuerTokens.class.getName());

    /** None with a shared secret: a public key would do for that, and it is public. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final int FETCH_MILLIS = 2_000;
    private static final int MOST_BYTES = 256 * 1024;
    private static final int CLOCK_SKEW_SECONDS = 30;
    private static final int MOST_SUBJECT = 255;

    private final Issuer issuer;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /** @throws IllegalArgumentException if the issuer's key is none */
    IssuerTokens(Issuer issuer) {
        this.issuer = issuer;
        processor.setJWSKeySelector(issuer.key()
                .map(IssuerTokens::only)
                .orElseGet(() -> oneOf(issuer.keys().orElseThrow())));
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        var claims = new DefaultJWTClaimsVerifier<SecurityContext>(
                issuer.audience(),
                new JWTClaimsSet.Builder().issuer(issuer.name()).build(),
                Set.of("sub", "exp"));
        claims.setMaxClockSkew(CLOCK_SKEW_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
    }

    private static JWSKeySelector<SecurityContext> only(String pem) {
        var keys = List.of(publicKey(pem));
        return (header, context) -> ALGORITHMS.contains(header.getAlgorithm()) ? keys : List.of();
    }

    // Without the refreshing ahead, which would be done by a thread of the library's own.
    private static JWSKeySelector<SecurityContext> oneOf(URI location) {
        try {
            var source = JWKSourceBuilder.<SecurityContext>create(
                            location.toURL(), new DefaultResourceRetriever(FETCH_MILLIS, FETCH_MILLIS, MOST_BYTES))
                    .refreshAheadCache(false)
                    .rateLimited(true)
                    .build();
            return new JWSVerificationKeySelector<>(ALGORITHMS, source);
        } catch (MalformedURLException checkedBefore) {
            throw new IllegalArgumentException(checkedBefore);
        }
    }

    private static PublicKey publicKey(String pem) {
        try {
            var body = pem.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "").replaceAll("\\\\n|\\s", "");
            var encoded = new X509EncodedKeySpec(Base64.getDecoder().decode(body));
            try {
                return KeyFactory.getInstance("RSA").generatePublic(encoded);
            } catch (GeneralSecurityException noRsaKey) {
                return KeyFactory.getInstance("EC").generatePublic(encoded);
            }
        } catch (GeneralSecurityException | IllegalArgumentException noKey) {
            throw new IllegalArgumentException(
                    "parlour.issuer-key is no public key of RSA or EC in PEM (BEGIN PUBLIC KEY)", noKey);
        }
    }

    /** Whether the token says that it is this issuer's; no proof of anything. */
    boolean claims(JWTClaimsSet unproven) {
        return issuer.name().equals(unproven.getIssuer());
    }

    /** What the issuer says of somebody. @param called null if it gives no name; @param groups the roles that it gives */
    record Person(String subject, String called, List<String> groups, Instant expiresAt) {}

    /**
     * May fetch the issuer's keys, which takes a few seconds at most.
     *
     * @throws Refusal NOT_AUTHENTICATED, TOKEN_EXPIRED, or OVERLOADED if the keys cannot be had now
     */
    Person personOf(SignedJWT token) {
        try {
            var claims = processor.process(token, null);
            var subject = claims.getSubject();
            if (subject.isBlank() || subject.length() > MOST_SUBJECT) {
                throw BearerTokens.notAuthenticated();
            }
            return new Person(
                    subject,
                    claims.getClaim(issuer.nameClaim()) instanceof String name ? name : subject,
                    groupsIn(claims),
                    claims.getExpirationTime().toInstant());
        } catch (ExpiredJWTException expired) {
            throw new Refusal(ErrorCode.TOKEN_EXPIRED, "This token has expired.", "token");
        } catch (RemoteKeySourceException away) {
            LOG.log(Level.WARNING, () -> "The keys of the issuer cannot be fetched: " + away.getMessage());
            throw new Refusal(ErrorCode.OVERLOADED, "The token cannot be checked now. Please try again.");
        } catch (KeySourceException | BadJOSEException bad) {
            throw BearerTokens.notAuthenticated();
        } catch (JOSEException | RuntimeException bad) {
            LOG.log(Level.DEBUG, "A token cannot be checked", bad);
            throw bad instanceof Refusal refusal ? refusal : BearerTokens.notAuthenticated();
        }
    }

    private List<String> groupsIn(JWTClaimsSet claims) {
        try {
            var groups = claims.getStringListClaim(issuer.groupsClaim());
            return groups == null ? List.of() : groups;
        } catch (ParseException noList) {
            return List.of();
        }
    }
}
