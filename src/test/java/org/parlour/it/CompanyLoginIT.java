package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.parlour.testing.Race;

/**
 * A server in a company: it knows people by its own login (BASIC, against a file) and by the tokens of another issuer. Guests may not
 * come in, and nobody makes accounts.
 */
class CompanyLoginIT {

    private static final String PASSWORD = "basic-password-4711";

    private static final TestIssuer ISSUER = new TestIssuer();
    private static ServerProcess server;
    private static URI base;
    private static Rest rest;

    @BeforeAll
    static void start() throws Exception {
        server = new ServerProcess(
                "company",
                "-Dparlour.guests=off",
                "-Dparlour.accounts=off",
                "-Dparlour.heartbeat-seconds=1",
                "-Dparlour.allowed-origins=https://intranet.example,http://localhost:3000",
                "-Dparlour.issuer=" + TestIssuer.NAME,
                "-Dparlour.issuer-audience=" + TestIssuer.AUDIENCE,
                "-Dparlour.issuer-key=" + ISSUER.pem());
        server.knowByBasic(PASSWORD, Set.of("carol", "admin", "CORP\\dave", "erin"), Set.of("erin"));
        server.start();
        base = server.address();
        rest = new Rest(base);
    }

    @AfterAll
    static void stop() {
        server.close();
        ISSUER.close();
    }

    private static Map<String, String> basic(String name, String password) {
        return Map.of(
                "Authorization",
                "Basic "
                        + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whomTheServerHasLoggedInIsWhoItSays() {
        var carol = ChatClient.connectWith(basic("carol", PASSWORD), base, "general", "chat.v1.json");
        carol.send("{\"type\":\"Hello\"}");
        var welcome = carol.next("Welcome");

        assertThat(welcome.getBoolean("authenticated")).isTrue();
        assertThat(welcome.getString("username")).isEqualTo("carol");
        assertThat(welcome.getString("userId")).startsWith("a.");
        assertThat(welcome).doesNotContainKey("roles");
        carol.send("/user mallory");
        assertThat(carol.next("Error").getString("code")).isEqualTo("FORBIDDEN");
    }

    @Test
    void theServersRoleMakesAnAdministrator() {
        var erin = ChatClient.connectWith(basic("erin", PASSWORD), base, "general", "chat.v1.json");
        erin.send("{\"type\":\"Hello\"}");

        assertThat(erin.next("Welcome").getJsonArray("roles").getString(0)).isEqualTo("administrator");
    }

    @Test
    void aNameThatIsNoneHereIsMadeOne() {
        for (var name : List.of("admin", "CORP\\dave")) {
            var client = ChatClient.connectWith(basic(name, PASSWORD), base, "general", "chat.v1.json");
            client.send("{\"type\":\"Hello\"}");

            assertThat(client.next("Welcome").getString("username")).isIn("admin-2", "CORP_dave");
        }
    }

    @Test
    void aWrongPasswordIs401AndNoGuest() {
        for (var headers : List.of(basic("carol", "wrong"), basic("nobody", PASSWORD), basic("", ""))) {
            assertThat(ChatClient.statusOf(headers, base, "general")).isEqualTo(401);
            assertThat(ChatClient.statusOf(headers, base, "general", "chat.v1.json"))
                    .isEqualTo(401);
        }
    }

    @Test
    void fiftyConnectionsOfSomebodyNewAreOnePerson() {
        var ids = new ConcurrentLinkedQueue<String>();
        var token = ISSUER.token(TestIssuer.claims("newcomer"));

        Race.among(50, number -> {
            var me = rest.me(token);
            assertThat(me.status()).as(me.text()).isEqualTo(200);
            ids.add(me.json().getString("userId") + me.json().getString("username"));
        });

        assertThat(ids).hasSize(50);
        assertThat(ids.stream().distinct()).hasSize(1).allMatch(id -> id.endsWith("newcomer"));
    }

    @Test
    void theIssuersTokenIsGoodOverEveryDoor() {
        var token = ISSUER.token(TestIssuer.claims("frank").claim("groups", List.of("x", "parlour-administrator")));
        var header = LoggedInClient.connect(base, "general", token, "chat.v1.json");
        header.send("{\"type\":\"Hello\"}");
        var hello = ChatClient.connect(base, "general", "chat.v1.json");
        hello.send("{\"type\":\"Hello\",\"token\":\"" + token + "\"}");
        hello.send("{\"type\":\"Ping\",\"ref\":\"behind\"}");

        var welcome = header.next("Welcome");
        assertThat(welcome.getString("username")).isEqualTo("frank");
        assertThat(welcome.getJsonArray("roles").getString(0)).isEqualTo("administrator");
        assertThat(hello.next("Welcome").getString("userId")).isEqualTo(welcome.getString("userId"));
        assertThat(hello.next("Pong").getString("ref")).isEqualTo("behind");
        assertThat(rest.me(token).json().getString("userId")).isEqualTo(welcome.getString("userId"));
    }

    @Test
    void ofTwoAdministratorsWhoDisableEachOtherAtOnceOneStays() {
        for (var round : List.of("-a", "-b", "-c", "-d", "-e")) {
            var names = List.of("gina" + round, "hank" + round);
            var tokens = names.stream()
                    .map(name ->
                            ISSUER.token(TestIssuer.claims(name).claim("groups", List.of("parlour-administrator"))))
                    .toList();
            tokens.forEach(token -> assertThat(rest.me(token).status()).isEqualTo(200));
            var statuses = new ConcurrentLinkedQueue<Integer>();

            Race.among(
                    2,
                    number -> statuses.add(rest.send(
                                    "PUT",
                                    "accounts/" + names.get(1 - number),
                                    "{\"disabled\":true}",
                                    "Authorization",
                                    "Bearer " + tokens.get(number))
                            .status()));

            assertThat(statuses).containsExactlyInAnyOrder(200, 403);
            assertThat(tokens.stream().map(token -> rest.me(token).status())).containsExactlyInAnyOrder(200, 403);
        }
    }

    @Test
    void whoHasNoPasswordHereChangesNone() {
        var token = ISSUER.token(TestIssuer.claims("ivan"));

        var answer = rest.send(
                "PUT",
                "me/password",
                "{\"oldPassword\":\"a password\",\"password\":\"another one\"}",
                "Authorization",
                "Bearer " + token);

        assertThat(answer.code()).isEqualTo("FORBIDDEN");
    }

    @Test
    void theSameNameFromTwoSourcesIsTwoPeople() {
        var basic = ChatClient.connectWith(basic("carol", PASSWORD), base, "general", "chat.v1.json");
        basic.send("{\"type\":\"Hello\"}");
        var one = basic.next("Welcome");

        var other = rest.me(ISSUER.token(TestIssuer.claims("carol"))).json();

        assertThat(other.getString("userId")).isNotEqualTo(one.getString("userId"));
        assertThat(other.getString("username")).isNotEqualTo(one.getString("username"));
    }

    @Test
    void aConnectionEndsWithItsToken() {
        var soon = Date.from(Instant.now().plusSeconds(2));
        var client = LoggedInClient.connect(
                base, "general", ISSUER.token(TestIssuer.claims("grace").expirationTime(soon)), "chat.v1.json");
        var renewing = LoggedInClient.connect(
                base, "general", ISSUER.token(TestIssuer.claims("heidi").expirationTime(soon)), "chat.v1.json");
        renewing.send("{\"type\":\"Hello\"}");
        renewing.next("Welcome");
        renewing.send("{\"type\":\"Auth\",\"token\":\"" + ISSUER.token(TestIssuer.claims("heidi")) + "\"}");
        assertThat(renewing.next("Notice").getString("code")).isEqualTo("AUTHENTICATED");

        assertThat(client.closeCode()).isEqualTo(4202);
        assertThat(client.closeReason()).isEqualTo("TOKEN_EXPIRED");
        assertThat(Instant.now()).isBefore(soon.toInstant().plusSeconds(10));
        renewing.send("{\"type\":\"Ping\",\"ref\":\"alive\"}");
        assertThat(renewing.next("Pong").getString("ref")).isEqualTo("alive");
    }

    @Test
    void whoIsNobodyMayNotEnter() {
        var simple = ChatClient.connect(base, "general");
        var text = ChatClient.connect(base, "general", "chat.text");
        var silent = ChatClient.connect(base, "general", "chat.v1.json");
        var hello = ChatClient.connect(base, "general", "chat.v1.json");
        hello.send("{\"type\":\"Hello\",\"username\":\"nobody\"}");

        assertThat(simple.next("Error").getString("code")).isEqualTo("NOT_AUTHENTICATED");
        for (var client : List.of(simple, text, silent, hello)) {
            assertThat(client.closeCode()).isEqualTo(4001);
        }
        assertThat(hello.drain()).noneMatch(frame -> frame.contains("Welcome"));
    }

    @Test
    void thereAreNoAccountsToMake() {
        assertThat(rest.register("ivan", Rest.PASSWORD).code()).isEqualTo("FORBIDDEN");
        assertThat(rest.post("sessions", Rest.credentials("ivan", Rest.PASSWORD))
                        .code())
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void onlyPagesThatTheOperatorHasNamedMaySpeak() {
        var token = ISSUER.token(TestIssuer.claims("judy"));
        for (var origin :
                List.of("https://intranet.example", "HTTP://LOCALHOST:3000", "http://" + base.getAuthority())) {
            assertThat(statusWith(origin, token)).as(origin).isEqualTo(101);
        }
        for (var origin : List.of(
                "http://intranet.example",
                "https://intranet.example:8443",
                "https://intranet.example.evil.example",
                "https://sub.intranet.example",
                "null")) {
            assertThat(statusWith(origin, token)).as(origin).isEqualTo(403);
        }
    }

    private static int statusWith(String origin, String token) {
        return ChatClient.statusOf(
                Map.of("Origin", origin, "Authorization", "Bearer " + token), base, "general", "chat.v1.json");
    }

    @Test
    void neitherTokensNorPasswordsGetIntoTheLog() throws IOException {
        var token = ISSUER.token(TestIssuer.claims("ken"));
        rest.me(token);
        rest.me(token + "x");
        ChatClient.statusOf(basic("carol", "wrong-" + PASSWORD), base, "general");
        var hello = ChatClient.connect(base, "general", "chat.v1.json");
        hello.send("{\"type\":\"Hello\",\"token\":\"" + token + "x\"}");
        hello.closeCode();

        assertThat(Files.readString(server.log()))
                .doesNotContain(PASSWORD)
                .doesNotContain(token.substring(token.lastIndexOf('.')))
                .doesNotContain("eyJ");
    }
}
