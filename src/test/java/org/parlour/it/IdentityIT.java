package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parlour.testing.Race;

/** Who somebody is in a room, and whose page it is that speaks. */
@Tag("core")
class IdentityIT extends DeployedWar {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Rest rest;
    private String ann;
    private JsonObject session;

    @BeforeEach
    void anAccount() {
        rest = new Rest(base);
        ann = "anna." + Integer.toString(COUNT.incrementAndGet() + (int) (System.nanoTime() & 0xFFFFFF), 7) + "x";
        session = rest.loggedIn(ann);
    }

    @Test
    void aBearerTokenInTheHandshakeSaysWhoItIs() {
        var client = LoggedInClient.connect(base, room, session, "chat.v1.json");
        client.send("{\"type\":\"Hello\",\"ref\":\"h1\"}");

        var welcome = client.next("Welcome");

        assertThat(welcome.getBoolean("authenticated")).isTrue();
        assertThat(welcome.getString("username")).isEqualTo(ann);
        assertThat(welcome.getString("userId")).isEqualTo(session.getString("userId"));
        assertThat(welcome).doesNotContainKeys("token", "roles");
    }

    @Test
    void aBearerTokenInTheHelloSaysWhoItIs() {
        var bob = plain().as("bob");
        var client = full();
        client.send("{\"type\":\"Hello\",\"ref\":\"h1\",\"token\":\"" + session.getString("accessToken") + "\"}");

        var welcome = client.next("Welcome");
        client.send("hello");

        assertThat(welcome.getBoolean("authenticated")).isTrue();
        assertThat(welcome.getString("username")).isEqualTo(ann);
        assertThat(bob.next("UserJoined").getString("username")).isEqualTo(ann);
        var said = bob.next("NewMessage");
        assertThat(said.getString("username")).isEqualTo(ann);
        assertThat(said.getString("userId")).isEqualTo(session.getString("userId"));
    }

    @Test
    void inASimpleFaceTheNameIsThereFromTheStart() {
        var bob = plain().as("bob");
        var eve = plain();
        bob.send("before");
        // Stored and told, so that it is shown to newcomers and not told again.
        assertThat(eve.nextContent()).isEqualTo("before");

        var client = LoggedInClient.connect(base, room, session);
        var again = LoggedInClient.connect(base, room, session);

        assertThat(bob.next("UserJoined").getString("username")).isEqualTo(ann);
        assertThat(client.nextContent()).isEqualTo("before");
        assertThat(again.nextContent()).isEqualTo("before");
        again.send("it is me");
        assertThat(bob.nextContent()).isEqualTo("it is me");
        assertThat(client.nextContent()).isEqualTo("it is me");
    }

    @Test
    void theNameOfAnAccountIsNotForChanging() {
        var client = LoggedInClient.connect(base, room, session);
        client.send("/user bob");
        client.send("/user " + ann);

        assertThat(client.next("Error").getString("code")).isEqualTo("FORBIDDEN");
        assertThat(client.next("Notice").getString("code")).isEqualTo("USERNAME_UNCHANGED");
    }

    @Test
    void aHelloCannotGiveAnAccountAnotherName() {
        var client = full();
        client.send("{\"type\":\"Hello\",\"username\":\"bob\",\"token\":\"" + session.getString("accessToken") + "\"}");

        assertThat(client.next("Error").getString("code")).isEqualTo("FORBIDDEN");
        client.send("{\"type\":\"Hello\",\"username\":\"" + ann + "\",\"token\":\"" + session.getString("accessToken")
                + "\"}");
        assertThat(client.next("Welcome").getString("username")).isEqualTo(ann);
    }

    @Test
    void aGuestCannotLookLikeAnAccount() {
        var guest = plain();
        // Capitals, a Cyrillic a, full-width letters.
        for (var lookalike : new String[] {ann, ann.toUpperCase(), ann.replace('a', 'а'), ann.replace('x', 'ｘ')}) {
            guest.send("/user " + lookalike);
            assertThat(guest.next("Error").getString("code")).as(lookalike).isEqualTo("USERNAME_TAKEN");
        }
        var renamed = plain().as("bob");
        renamed.send("/user " + ann);
        assertThat(renamed.next("Error").getString("code")).isEqualTo("USERNAME_TAKEN");
        var hello = full();
        hello.send("{\"type\":\"Hello\",\"username\":\"" + ann + "\"}");
        assertThat(hello.next("Welcome")).doesNotContainKey("username");
        assertThat(hello.next("Error").getString("code")).isEqualTo("USERNAME_TAKEN");
    }

    @Test
    void aGuestThatHadTheNameLosesItToTheAccount() {
        var early = "early" + ann;
        var guest = plain().as(early);
        var bob = plain().as("bob");
        var owner = LoggedInClient.connect(base, room, rest.loggedIn(early));

        assertThat(guest.next("Error").getString("code")).isEqualTo("USERNAME_TAKEN");
        assertThat(bob.next("UserLeft").getString("username")).isEqualTo(early);
        var joined = bob.next("UserJoined");
        assertThat(joined.getString("username")).isEqualTo(early);
        assertThat(joined.getString("userId")).startsWith("a.");
        guest.send("am I still " + early);
        assertThat(guest.next("Error").getString("code")).isEqualTo("USERNAME_REQUIRED");
        owner.send("it is me");
        assertThat(bob.nextContent()).isEqualTo("it is me");
    }

    @Test
    void twentyConnectionsOfOneAccountJoinOnce() {
        var bob = plain().as("bob");

        Race.among(20, number -> LoggedInClient.connect(base, room, session).send("from " + number));

        var joins = 0;
        for (var messages = 0; messages < 20; ) {
            var event = bob.nextJson();
            joins += event.getString("type").equals("UserJoined") ? 1 : 0;
            messages += event.getString("type").equals("NewMessage") ? 1 : 0;
            assertThat(event.getString("username")).isEqualTo(ann);
        }
        assertThat(joins).isEqualTo(1);
    }

    @Test
    void aFreshTokenOfTheSameAccountIsTakenOnALivingConnection() {
        var client = LoggedInClient.connect(base, room, session, "chat.v1.json");
        var fresh = rest.refresh(session.getString("refreshToken")).json();
        var others = rest.loggedIn("other" + ann);

        client.send("{\"type\":\"Auth\",\"ref\":\"a1\",\"token\":\"" + fresh.getString("accessToken") + "\"}");
        var notice = client.next("Notice");
        client.send("{\"type\":\"Auth\",\"ref\":\"a2\",\"token\":\"" + others.getString("accessToken") + "\"}");
        var refused = client.next("Error");
        client.send("{\"type\":\"Auth\",\"ref\":\"a3\"}");

        assertThat(notice.getString("code")).isEqualTo("AUTHENTICATED");
        assertThat(notice.getString("ref")).isEqualTo("a1");
        assertThat(refused.getString("code")).isEqualTo("FORBIDDEN");
        assertThat(client.next("Error").getString("code")).isEqualTo("BAD_MESSAGE");
    }

    @Test
    void aGuestsConnectionDoesNotBecomeAnAccounts() {
        var guest = full();
        guest.send("{\"type\":\"Auth\",\"token\":\"" + session.getString("accessToken") + "\"}");

        assertThat(guest.next("Error").getString("code")).isEqualTo("FORBIDDEN");
    }

    @Test
    void whoShowedATokenThatIsNotGoodIsNotTakenForAGuest() {
        var client = full();
        client.send("{\"type\":\"Hello\",\"token\":\"" + tampered(session.getString("accessToken")) + "\"}");
        client.send("{\"type\":\"Message\",\"content\":\"psst\",\"ref\":\"m1\"}");

        assertThat(client.next("Error").getString("code")).isEqualTo("NOT_AUTHENTICATED");
        var refused = client.next("Error");
        assertThat(refused.getString("code")).isEqualTo("NOT_AUTHENTICATED");
        assertThat(refused.getString("ref")).isEqualTo("m1");
        assertThat(client.drain()).noneMatch(frame -> frame.contains("Welcome"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "Basic YW5uOnB3", "Digest x", "x", ""})
    void credentialsThatAreNotGoodAreAnsweredWith401AndNeverMakeAGuest(String credentials) {
        var headers = Map.of("Authorization", credentials);

        assertThat(ChatClient.statusOf(headers, base, room)).isEqualTo(401);
        assertThat(rest.send("GET", "me", null, "Authorization", credentials).status())
                .isEqualTo(401);
    }

    @Test
    void aTokenThatWasTamperedWithOrIsUnsignedIsRefused() {
        var token = session.getString("accessToken");
        var parts = token.split("\\.");
        var none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));

        for (var forged : new String[] {
            tampered(token),
            token + "x",
            none + "." + parts[1] + ".",
            none + "." + parts[1] + "." + parts[2],
            parts[0] + "." + parts[1] + "."
        }) {
            assertThat(rest.me(forged).status()).as(forged).isEqualTo(401);
            assertThat(ChatClient.statusOf(LoggedInClient.bearer(forged), base, room))
                    .isEqualTo(401);
        }
    }

    @Test
    void aTokenInTheUrlIsNoToken() {
        var client = ChatClient.connectTo(
                base, "ws/" + room + "?access_token=" + session.getString("accessToken"), "chat.v1.json");
        client.send("{\"type\":\"Hello\"}");

        assertThat(client.next("Welcome").getBoolean("authenticated")).isFalse();
        assertThat(rest.send("GET", "me?access_token=" + session.getString("accessToken"), null)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aGuestsTokenIsGoodInTheHandshakeToo() {
        var first = full();
        first.send("{\"type\":\"Hello\",\"username\":\"guest\"}");
        var guest = first.next("Welcome");

        var again = LoggedInClient.connect(base, room, guest.getString("token"), "chat.v1.json");
        again.send("{\"type\":\"Hello\"}");

        assertThat(again.next("Welcome").getString("userId")).isEqualTo(guest.getString("userId"));
        assertThat(rest.me(guest.getString("token")).json().getBoolean("authenticated"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://127.0.0.1",
                "http://localhost.evil.example",
                "file://",
                ""
            })
    void aForeignPageMaySpeakOverNeitherDoor(String origin) {
        assertThat(ChatClient.statusOf(Map.of("Origin", origin), base, room)).isEqualTo(403);
        assertThat(rest.post("sessions", "{}", "Origin", origin).code()).isEqualTo("FORBIDDEN");
        assertThat(rest.send("OPTIONS", "sessions", null, "Origin", origin).status())
                .isEqualTo(403);
    }

    @Test
    void ourOwnPageMaySpeak() {
        var origin = "http://" + base.getAuthority();

        assertThat(ChatClient.statusOf(Map.of("Origin", origin), base, room)).isEqualTo(101);
        assertThat(rest.post("sessions", Rest.credentials(ann, Rest.PASSWORD), "Origin", origin)
                        .status())
                .isEqualTo(201);
    }

    // Not the last character: of that some bits do not count.
    private static String tampered(String token) {
        var at = token.lastIndexOf('.') + 5;
        return token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
    }
}
