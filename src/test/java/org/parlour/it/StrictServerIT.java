package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A server with its limits on, a first administrator, and an issuer that publishes its keys. Ordered, for it is stopped at the end. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StrictServerIT {

    private static final TestIssuer ISSUER = new TestIssuer();
    private static final String KEY = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA==";
    private static ServerProcess server;
    private static URI base;
    private static Rest rest;

    @BeforeAll
    static void start() throws Exception {
        server = new ServerProcess(
                "strict",
                "-Dparlour.admission=on",
                "-Dparlour.without-origin=off",
                "-Dparlour.bootstrap-administrator=Root Ann",
                "-Dparlour.address-logins-per-minute=12",
                "-Dparlour.address-registrations-per-hour=3",
                "-Dparlour.issuer=" + TestIssuer.NAME,
                "-Dparlour.issuer-audience=" + TestIssuer.AUDIENCE,
                "-Dparlour.issuer-keys=" + ISSUER.publish());
        server.environment(Map.of("PARLOUR_ACCESS_TOKEN_KEY", KEY));
        server.start();
        base = server.address();
        rest = new Rest(base);
    }

    @AfterAll
    static void stop() {
        server.close();
        ISSUER.close();
    }

    @Test
    @Order(1)
    void theAccountThatTheOperatorHasNamedIsTheFirstAdministrator() {
        rest.register("Root Ann", Rest.PASSWORD);
        rest.register("root-ann", Rest.PASSWORD);

        var root = rest.login("Root Ann");
        var other = rest.login("root-ann");

        assertThat(rest.me(root.getString("accessToken"))
                        .json()
                        .getJsonArray("roles")
                        .getString(0))
                .isEqualTo("administrator");
        assertThat(rest.me(other.getString("accessToken")).json().getJsonArray("roles"))
                .isEmpty();
    }

    @Test
    @Order(2)
    void whoSendsNoOriginHasToSendABearerToken() {
        var token = rest.login("root-ann").getString("accessToken");

        assertThat(ChatClient.statusOf(Map.of(), base, "general")).isEqualTo(403);
        assertThat(ChatClient.statusOf(LoggedInClient.bearer(token), base, "general"))
                .isEqualTo(101);
        assertThat(ChatClient.statusOf(Map.of("Origin", "http://" + base.getAuthority()), base, "general"))
                .isEqualTo(101);
    }

    @Test
    @Order(3)
    void theIssuersPublishedKeysAreFetchedOnceAndOnlyTheyCount() {
        var rsa = ISSUER.token(TestIssuer.claims("frank"));
        var ec = TestIssuer.signed(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("two"), TestIssuer.claims("frank"), ISSUER.ec);
        var strange = TestIssuer.signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one"), TestIssuer.claims("frank"), ISSUER.strange);

        assertThat(rest.me(rsa).status()).isEqualTo(200);
        assertThat(rest.me(ec).status()).isEqualTo(200);
        assertThat(rest.me(strange).status()).isEqualTo(401);
        for (int i = 0; i < 20; i++) {
            var unknown = TestIssuer.signed(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("../../keys" + i),
                    TestIssuer.claims("frank"),
                    ISSUER.strange);
            assertThat(rest.me(unknown).status()).isIn(401, 503);
        }
        // Once, and again for the first kid that is unknown; then no more for half a minute.
        assertThat(ISSUER.fetched()).isBetween(1, 3);
    }

    @Test
    @Order(4)
    void tooManyAccountsOrLoginsFromOneAddressAreToldToWait() {
        var accounts = IntStream.range(0, 3)
                .mapToObj(i -> rest.register("limited-" + "xyz".charAt(i), Rest.PASSWORD))
                .toList();
        var token = rest.login("root-ann").getString("accessToken");
        var logins = new ArrayList<Rest.Answer>();
        for (int i = 0; i < 15; i++) {
            logins.add(rest.post("sessions", Rest.credentials("root-ann", "wrong password")));
        }

        var guess = rest.post("invitations", "{\"invitation\":\"x\"}", "Authorization", "Bearer " + token);
        var password = rest.send(
                "PUT",
                "me/password",
                "{\"oldPassword\":\"wrong password\",\"password\":\"another password\"}",
                "Authorization",
                "Bearer " + token);

        assertThat(guess.code()).isEqualTo("RATE_LIMITED");
        assertThat(password.code()).isEqualTo("RATE_LIMITED");
        var last = accounts.get(2);
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.code()).isEqualTo("RATE_LIMITED");
        assertThat(Integer.parseInt(last.header("Retry-After"))).isPositive();
        assertThat(logins.stream().map(Rest.Answer::status)).contains(401).endsWith(429);
    }

    @Test
    @Order(5)
    void neitherTokensNorPasswordsNorKeysGetIntoTheLog() throws Exception {
        assertThat(Files.readString(server.log()))
                .contains("Settings:")
                .doesNotContain(Rest.PASSWORD, "wrong password", KEY, "eyJ");
    }

    @Test
    @Order(6)
    void aLoginThatHasEndedStaysEndedAfterARestart() throws Exception {
        // The attempts that the test before has used up are forgotten with a restart.
        server.stop();
        server.start();
        var ended = rest.login("root-ann");
        var living = rest.login("root-ann");
        rest.logout(ended.getString("accessToken"));

        server.stop();
        server.start();

        assertThat(rest.me(living.getString("accessToken")).status()).isEqualTo(200);
        assertThat(rest.me(ended.getString("accessToken")).status()).isEqualTo(401);
        assertThat(List.of(rest.refresh(living.getString("refreshToken")).status()))
                .containsExactly(200);
    }
}
