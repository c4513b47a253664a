package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script of another page may read of what REST answers. */
@Tag("core")
class CorsIT extends DeployedWar {

    private static final String[] FRIEND = {"Origin", TestServer.FRIENDLY_PAGE};

    private Rest rest;

    @BeforeEach
    void api() {
        rest = new Rest(base);
    }

    @ParameterizedTest
    @CsvSource({
        "sessions, POST",
        "me, GET",
        "rooms/general, PUT",
        "rooms/general/members/ann, DELETE",
        "nothing/of/the/kind, GET"
    })
    void aPageThatIsNamedIsToldBeforehandWhatItMaySend(String path, String method) {
        var answer = rest.send(
                "OPTIONS",
                path,
                null,
                with(
                        FRIEND,
                        "Access-Control-Request-Method",
                        method,
                        "Access-Control-Request-Headers",
                        "authorization,content-type"));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.text()).isEmpty();
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(TestServer.FRIENDLY_PAGE);
        assertThat(answer.header("Access-Control-Allow-Methods").split(", ")).contains(method);
        assertThat(answer.header("Access-Control-Allow-Headers")).contains("Authorization", "Content-Type");
        assertThat(Integer.parseInt(answer.header("Access-Control-Max-Age"))).isPositive();
        assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
        assertThat(answer.header("Vary")).isEqualTo("Origin");
    }

    @Test
    void aPageThatIsNamedLogsInAndReadsTheAnswer() {
        rest.register("cors." + room.substring(5, 17), Rest.PASSWORD);

        var login = rest.post("sessions", Rest.credentials("cors." + room.substring(5, 17), Rest.PASSWORD), FRIEND);
        var me = rest.send("GET", "me", null, with(Rest.bearer(login.json()), FRIEND));

        assertThat(login.status()).isEqualTo(201);
        assertThat(me.status()).isEqualTo(200);
        assertThat(List.of(login, me)).allSatisfy(CorsIT::isReadable);
    }

    @Test
    void whatIsRefusedOrNotThereIsReadableTooWhoeverRefusedIt() {
        var answers = Map.of(
                "nobody", rest.send("GET", "me", null, FRIEND),
                "a bad token", rest.send("GET", "me", null, with(FRIEND, "Authorization", "Bearer x.y.z")),
                "another scheme", rest.send("GET", "me", null, with(FRIEND, "Authorization", "Basic eDp5")),
                "no such path", rest.send("GET", "nothing", null, FRIEND),
                "no such method", rest.send("PUT", "sessions", null, FRIEND),
                "not JSON", rest.post("sessions", "{", FRIEND),
                "not called JSON", rest.send("POST", "sessions", null, with(FRIEND, "Content-Type", "text/plain")),
                "too long", rest.post("sessions", "{\"username\":\"" + "x".repeat(70_000) + "\"}", FRIEND));

        assertThat(answers.values().stream().map(Rest.Answer::status))
                .containsExactlyInAnyOrder(401, 401, 401, 404, 405, 400, 415, 413);
        assertThat(answers).allSatisfy((what, answer) -> isReadable(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "*",
                "http://app.example",
                "https://app.example:8443",
                "https://app.example.evil.example",
                "https://evil-app.example",
                "https://x.app.example",
                "https://app.example/",
                "https://app.example,https://evil.example"
            })
    void anyOtherPageGetsNothingToRead(String origin) {
        String[] page = {"Origin", origin};

        var answers = List.of(
                rest.send("GET", "me", null, page),
                rest.post("sessions", "{}", page),
                rest.send("OPTIONS", "sessions", null, with(page, "Access-Control-Request-Method", "POST")),
                rest.send("OPTIONS", "sessions", null, page));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(corsHeadersOf(answer)).isEmpty();
        });
        assertThat(ChatClient.statusOf(Map.of("Origin", origin), base, room)).isEqualTo(403);
    }

    @Test
    void ourOwnPageAndWhatIsNoPageNeedNoneOfIt() {
        var own = rest.send("GET", "me", null, "Origin", "http://" + base.getAuthority());
        var none = rest.send("GET", "me", null);

        assertThat(List.of(own, none)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(corsHeadersOf(answer)).isEmpty();
            assertThat(answer.header("Vary")).isEqualTo("Origin");
        });
    }

    @Test
    void aPageThatIsNamedMayConnect() {
        assertThat(ChatClient.statusOf(Map.of("Origin", TestServer.FRIENDLY_PAGE), base, room))
                .isEqualTo(101);
    }

    private static void isReadable(Rest.Answer answer) {
        assertThat(answer.response().headers().allValues("Access-Control-Allow-Origin"))
                .containsExactly(TestServer.FRIENDLY_PAGE);
        assertThat(answer.header("Access-Control-Expose-Headers")).contains("Retry-After");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
        assertThat(answer.header("Vary")).isEqualTo("Origin");
    }

    private static List<String> corsHeadersOf(Rest.Answer answer) {
        return answer.response().headers().map().keySet().stream()
                .filter(name -> name.toLowerCase().startsWith("access-control-"))
                .toList();
    }

    private static String[] with(String[] headers, String... more) {
        return Stream.concat(Arrays.stream(headers), Arrays.stream(more)).toArray(String[]::new);
    }
}
