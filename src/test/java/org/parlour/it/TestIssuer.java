package org.parlour.it;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody else who says who people are, and can also lie. */
final class TestIssuer implements AutoCloseable {

    static final String NAME = "https://login.example.org/realms/staff";
    static final String AUDIENCE = "chat";

    final RSAKey rsa = made(() ->
            new RSAKeyGenerator(2048).keyID("one").keyUse(KeyUse.SIGNATURE).generate());
    final RSAKey strange = made(() -> new RSAKeyGenerator(2048).keyID("one").generate());
    final ECKey ec = made(() -> new ECKeyGenerator(Curve.P_256).keyID("two").generate());

    private final AtomicInteger fetched = new AtomicInteger();
    private HttpServer server;

    private interface Making<T> {
        T make() throws JOSEException;
    }

    private static <T> T made(Making<T> making) {
        try {
            return making.make();
        } catch (JOSEException failure) {
            throw new AssertionError(failure);
        }
    }

    String pem() {
        var encoded = made(() -> rsa.toRSAPublicKey().getEncoded());
        return "-----BEGIN PUBLIC KEY-----" + Base64.getEncoder().encodeToString(encoded) + "-----END PUBLIC KEY-----";
    }

    /** Begins to publish its keys. @return where */
    String publish() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            fetched.incrementAndGet();
            var body = new JWKSet(java.util.List.<JWK>of(rsa, ec))
                    .toPublicJWKSet()
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
    }

    int fetched() {
        return fetched.get();
    }

    static JWTClaimsSet.Builder claims(String subject) {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(NAME)
                .audience(AUDIENCE)
                .subject(subject)
                .claim("preferred_username", subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    String token(JWTClaimsSet.Builder claims) {
        return signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one"), claims, rsa);
    }

    static String signed(JWSHeader.Builder header, JWTClaimsSet.Builder claims, JWK key) {
        return made(() -> {
            var token = new SignedJWT(header.build(), claims.build());
            token.sign(key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner((ECKey) key));
            return token.serialize();
        });
    }

    /** Signed with what everybody knows, as if it were a shared secret. */
    String signedWithThePublicKey(JWTClaimsSet.Builder claims) {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256);
        return signedBy(header, claims, made(() -> rsa.toRSAPublicKey().getEncoded()));
    }

    /** @param secret shared, or what a forger takes for it */
    static String signedBy(JWSHeader.Builder header, JWTClaimsSet.Builder claims, byte[] secret) {
        return made(() -> {
            var token = new SignedJWT(header.build(), claims.build());
            token.sign(new MACSigner(secret));
            return token.serialize();
        });
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
    }
}
