package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Attack: tokens that the company's issuer has not given out, or not for this server, where guests may not come in. Outcome: refused at
 * every door, and nobody is asked for the keys that a token names.
 */
class IssuerTokenAttackIT {

    private static final TestIssuer ISSUER = new TestIssuer();
    private static ServerProcess server;
    private static URI base;
    private static Rest rest;
    private static ServerSocket bait;

    @BeforeAll
    static void start() throws Exception {
        server = new ServerProcess(
                "issuer",
                "-Dparlour.guests=off",
                "-Dparlour.accounts=off",
                "-Dparlour.issuer=" + TestIssuer.NAME,
                "-Dparlour.issuer-audience=" + TestIssuer.AUDIENCE,
                "-Dparlour.issuer-key=" + ISSUER.pem());
        server.start();
        base = server.address();
        rest = new Rest(base);
        bait = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterAll
    static void stop() throws Exception {
        bait.close();
        server.close();
        ISSUER.close();
    }

    @Test
    void aGoodTokenIsTakenSoThatTheOthersAreRefusedForWhatTheyAre() {
        assertThat(rest.me(ISSUER.token(mallory())).status()).isEqualTo(200);
    }

    @TestFactory
    Stream<DynamicTest> aForgedTokenOpensNoDoor() throws JOSEException {
        var forged = new LinkedHashMap<String, String>();
        forged.putAll(signedByOthers());
        forged.putAll(withKeysOfItsOwn());
        forged.putAll(notForUsNow());
        forged.putAll(halves());
        return forged.entrySet().stream()
                .map(one ->
                        DynamicTest.dynamicTest(one.getKey() + " -> refused", () -> assertOpensNoDoor(one.getValue())));
    }

    private static Map<String, String> signedByOthers() throws JOSEException {
        var der = ISSUER.rsa.toRSAPublicKey().getEncoded();
        return Map.of(
                "no signature",
                new PlainJWT(mallory().build()).serialize(),
                "HMAC with the public key",
                ISSUER.signedWithThePublicKey(mallory()),
                "HMAC with the public key, kid",
                TestIssuer.signedBy(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one"), mallory(), der),
                "HMAC with the public key in PEM",
                TestIssuer.signedBy(
                        new JWSHeader.Builder(JWSAlgorithm.HS256),
                        mallory(),
                        ISSUER.pem().getBytes(StandardCharsets.US_ASCII)),
                "HMAC 512 with the public key",
                TestIssuer.signedBy(new JWSHeader.Builder(JWSAlgorithm.HS512), mallory(), der),
                "another RSA key",
                signedByAStranger(header()),
                "another RSA key of the same kid",
                signedByAStranger(header().keyID("one")),
                "a curve's key",
                TestIssuer.signed(new JWSHeader.Builder(JWSAlgorithm.ES256), mallory(), ISSUER.ec),
                "a curve's signature of zeros",
                zeros(JWSAlgorithm.ES256, 64),
                "an RSA signature of zeros",
                zeros(JWSAlgorithm.RS256, 256));
    }

    private static String zeros(JWSAlgorithm algorithm, int length) {
        return new JWSHeader(algorithm).toBase64URL()
                + "." + Base64URL.encode(mallory().build().toString())
                + "." + Base64URL.encode(new byte[length]);
    }

    private static Map<String, String> withKeysOfItsOwn() {
        var here = URI.create("http://127.0.0.1:" + bait.getLocalPort() + "/keys");
        var forged = new LinkedHashMap<String, String>();
        forged.put("jwk", signedByAStranger(header().jwk(ISSUER.strange.toPublicJWK())));
        forged.put("jku", signedByAStranger(header().jwkURL(here)));
        forged.put("jku and kid", signedByAStranger(header().jwkURL(here).keyID("one")));
        forged.put("x5u", signedByAStranger(header().x509CertURL(here)));
        forged.put(
                "x5u and thumbprint",
                signedByAStranger(header().x509CertURL(here).x509CertSHA256Thumbprint(new Base64URL("AAAA"))));
        forged.put(
                "crit", signedByAStranger(header().criticalParams(Set.of("x")).customParam("x", 1)));
        for (var id : List.of("../../../../dev/null", "' OR '1'='1", "", here.toString(), "two", "k".repeat(3_000))) {
            forged.put("kid " + id.substring(0, Math.min(id.length(), 30)), signedByAStranger(header().keyID(id)));
        }
        return forged;
    }

    private static Map<String, String> notForUsNow() {
        var past = Date.from(Instant.now().minusSeconds(60));
        var future = Date.from(Instant.now().plusSeconds(120));
        var forged = new LinkedHashMap<String, String>();
        forged.put("expired", ISSUER.token(mallory().expirationTime(past)));
        forged.put("expired in 1970", ISSUER.token(mallory().expirationTime(new Date(0))));
        forged.put("no exp", ISSUER.token(mallory().expirationTime(null)));
        forged.put("exp as text", ISSUER.token(mallory().claim("exp", "4900000000")));
        forged.put("exp as a list", ISSUER.token(mallory().claim("exp", List.of(4_900_000_000L))));
        forged.put("nbf to come", ISSUER.token(mallory().notBeforeTime(future)));
        forged.put("another aud", ISSUER.token(mallory().audience("another")));
        forged.put("aud in capitals", ISSUER.token(mallory().audience("CHAT")));
        forged.put("aud that begins so", ISSUER.token(mallory().audience("chat.evil.example")));
        forged.put("no aud", ISSUER.token(mallory().audience((String) null)));
        forged.put("another iss", ISSUER.token(mallory().issuer("https://evil.example")));
        forged.put("iss with a slash", ISSUER.token(mallory().issuer(TestIssuer.NAME + "/")));
        forged.put("iss in capitals", ISSUER.token(mallory().issuer(TestIssuer.NAME.toUpperCase())));
        forged.put("iss that is ours", ISSUER.token(mallory().issuer("parlour").audience("access")));
        forged.put("no iss, as a guest", ISSUER.token(mallory().issuer(null).audience("guest")));
        forged.put("no sub", ISSUER.token(mallory().subject(null)));
        forged.put("an empty sub", ISSUER.token(mallory().subject("")));
        forged.put("a blank sub", ISSUER.token(mallory().subject(" \t")));
        forged.put("a long sub", ISSUER.token(TestIssuer.claims("m".repeat(300))));
        forged.put("a sub that is a record", ISSUER.token(mallory().claim("sub", Map.of("a", "b"))));
        return forged;
    }

    private static Map<String, String> halves() {
        var one = ISSUER.token(mallory()).split("\\.");
        var other = ISSUER.token(TestIssuer.claims("erin")).split("\\.");
        return Map.of(
                "somebody else's claims", one[0] + "." + other[1] + "." + one[2],
                "somebody else's signature", one[0] + "." + one[1] + "." + other[2],
                "no signature left", one[0] + "." + one[1] + ".",
                "another header", new JWSHeader(JWSAlgorithm.RS512).toBase64URL() + "." + one[1] + "." + one[2],
                "half", one[0] + "." + one[1] + "." + one[2].substring(20));
    }

    private static void assertOpensNoDoor(String token) {
        var me = rest.me(token);
        assertThat(me.status()).as(me.text()).isEqualTo(401);
        assertThat(me.code()).isIn("NOT_AUTHENTICATED", "TOKEN_EXPIRED");
        Attacked.assertTellsNothing(me.text());
        assertThat(ChatClient.statusOf(LoggedInClient.bearer(token), base, "general"))
                .isEqualTo(401);
        var hello = ChatClient.connect(base, "general", "chat.v1.json");
        hello.send("{\"type\":\"Hello\",\"token\":\"" + token + "\"}");
        assertThat(hello.next("Error").getString("code")).isIn("NOT_AUTHENTICATED", "TOKEN_EXPIRED");
        assertThat(hello.closeCode()).isEqualTo(4001);
    }

    @TestFactory
    Stream<DynamicTest> aGroupThatIsNotQuiteThatMakesNoAdministrator() {
        return Stream.<Object>of(
                        "parlour-administrator",
                        List.of("PARLOUR-ADMINISTRATOR"),
                        List.of("parlour-administrator "),
                        List.of("x,parlour-administrator"),
                        List.of(List.of("parlour-administrator")),
                        Map.of("parlour-administrator", true),
                        List.of(1))
                .map(groups -> DynamicTest.dynamicTest(groups + " -> no administrator", () -> {
                    var me = rest.me(ISSUER.token(TestIssuer.claims("greta").claim("groups", groups)));
                    assertThat(me.status()).isEqualTo(200);
                    assertThat(me.json().getJsonArray("roles")).isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> aNameThatIsNoneIsMadeOneOrRefused() {
        return Stream.<Object>of(
                        "admin", "а\u0501min", "x\r\ny", "\u202Enimda", "<b>", "", List.of("x"), "n".repeat(500))
                .map(name -> DynamicTest.dynamicTest("called " + name + " -> another name", () -> {
                    var claims = TestIssuer.claims("s" + name.hashCode()).claim("preferred_username", name);
                    var me = rest.me(ISSUER.token(claims)).json();
                    assertThat(me.getString("username"))
                            .matches("[\\p{L}\\p{N}_. -]{1,32}")
                            .isNotEqualTo(name);
                }));
    }

    @Test
    void nobodyFetchedTheKeysThatATokenNamed() throws Exception {
        for (var token : withKeysOfItsOwn().values()) {
            rest.me(token);
        }
        bait.setSoTimeout(500);

        assertThat(connected()).isFalse();
    }

    private static boolean connected() throws Exception {
        try (var somebody = bait.accept()) {
            return somebody.isConnected();
        } catch (SocketTimeoutException nobody) {
            return false;
        }
    }

    private static JWTClaimsSet.Builder mallory() {
        return TestIssuer.claims("mallory");
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256);
    }

    private static String signedByAStranger(JWSHeader.Builder header) {
        return TestIssuer.signed(header, mallory(), ISSUER.strange);
    }
}
