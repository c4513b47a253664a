package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal over HTTP is a problem, whoever refuses: Parlour, what serves its resources, or the server below. */
@Tag("core")
class ProblemsIT extends DeployedWar {

    private Rest rest;
    private String[] anns;

    @BeforeEach
    void somebody() {
        rest = new Rest(base);
        anns = Rest.bearer(rest.loggedIn("anna" + room.substring(5, 13)));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, nothing, 404",
        "GET, '', 404",
        "GET, ../v1, 404",
        "GET, ../v2/me, 404",
        "POST, ../v2/me, 404",
        "GET, .., 404",
        "GET, ../, 404",
        "GET, rooms/ROOM/messages/1/more, 404",
        "GET, application.wadl, 404",
        "GET, rooms/ROOM/nothing, 404",
        "GET, rooms/ROOM, 404",
        "PATCH, me, 405",
        "POST, me, 405",
        "TRACE, me, 405",
        "GET, sessions, 405",
        "GET, invitations, 405",
        "PUT, rooms, 405",
        "GET, rooms/ROOM/members/ann, 405",
        "GET, rooms?limit=x, 400",
        "GET, rooms/%20, 400"
    })
    void whatThereIsNot(String method, String path, int status) {
        assertIsProblem(rest.send(method, path.replace("ROOM", room), null, anns), status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | sessions | text/plain | {} | 415",
                "POST | sessions | application/x-www-form-urlencoded | a=b | 415",
                "POST | sessions | application/json; charset=utf-16 | {} | 415",
                "POST | sessions | nonsense | {} | 415",
                "POST | sessions | application/json | {,} | 400",
                "POST | sessions | application/json | LONG | 413",
                "PUT | rooms/ROOM | application/xml | <a/> | 415",
                "PUT | rooms/ROOM | application/json | LONG | 413",
                "GET | me | text/plain | x | 415",
                "GET | nothing | application/json | {} | 404",
                "POST | ../v2/me | application/json | {} | 404"
            })
    void whatCannotBeRead(String method, String path, String type, String body, int status) {
        var sent = body.equals("LONG") ? "{\"username\":\"" + "x".repeat(70_000) + "\"}" : body;

        assertIsProblem(rest.send(method, path.replace("ROOM", room), sent, with("Content-Type", type)), status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessions", "rooms/ROOM/messages", "me/password"})
    void whatIsMissing(String path) {
        var method = path.startsWith("me") ? "PUT" : "POST";

        assertIsProblem(rest.send(method, path.replace("ROOM", room), null, anns), 415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/xml", "text/html, */*;q=0.1", "application/json;q=0", "image/png", ";;;", "x"})
    void thereIsOneFormAndNobodyIsTurnedAwayForAnother(String accept) {
        assertThat(rest.send("GET", "me", null, with("Accept", accept)).json().getString("userId"))
                .isNotNull();
        assertIsProblem(rest.send("GET", "me", null, "Accept", accept), 401);
        assertIsProblem(rest.send("GET", "nothing", null, with("Accept", accept)), 404);
    }

    private String[] with(String... more) {
        return Stream.concat(Arrays.stream(anns), Arrays.stream(more)).toArray(String[]::new);
    }

    private static void assertIsProblem(Rest.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().getInt("status")).isEqualTo(status);
        assertThat(answer.json().getString("title")).isNotBlank();
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.text()).doesNotContain("Exception", "org.", "RESTEASY", "\tat ");
        assertThat(answer.header("Allow") != null).as("Allow").isEqualTo(status == 405);
    }
}
