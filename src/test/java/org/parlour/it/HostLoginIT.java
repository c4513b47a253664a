package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.parlour.protocol.Face;

/**
 * Within an application that has people log in by a form (Jakarta Servlet 6.0, section 13.6.3): who has done so is known to Parlour by
 * the session's cookie, for as long as that session lives. Nobody else may come in.
 */
class HostLoginIT {

    private static final String PASSWORD = "form-password-4711";
    private static final String FOREIGN = "https://evil.example";
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <security-constraint>
                <web-resource-collection>
                  <web-resource-name>staff</web-resource-name>
                  <url-pattern>/staff/*</url-pattern>
                </web-resource-collection>
                <auth-constraint><role-name>**</role-name></auth-constraint>
              </security-constraint>
              <login-config>
                <auth-method>FORM</auth-method>
                <form-login-config>
                  <form-login-page>/login.html</form-login-page>
                  <form-error-page>/refused.html</form-error-page>
                </form-login-config>
              </login-config>
              <security-role><role-name>parlour-administrator</role-name></security-role>
            </web-app>
            """;

    private static ServerProcess server;
    private static URI base;
    private static Rest rest;

    @BeforeAll
    static void start() throws Exception {
        var application = Deployments.war()
                .addClass(HostPages.class)
                .addAsWebResource(new StringAsset("<h1>Who are you?</h1>"), "login.html")
                .addAsWebResource(new StringAsset("<h1>No, you are not.</h1>"), "refused.html")
                .setWebXML(new StringAsset(WEB_XML));
        server = new ServerProcess("host", application, "-Dparlour.guests=off", "-Dparlour.registration=off");
        server.know(PASSWORD, Set.of("carol", "dave", "erin"), Set.of("erin"));
        server.start();
        base = server.address();
        rest = new Rest(base);
        Confidential.json(Rest.credentials("carol", PASSWORD));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void whoHasLoggedInByTheFormIsWhoTheServerSays(Face face) throws Exception {
        var cookie = loggedIn("carol");
        var watching = greeted(loggedIn("dave"), "form-" + face);
        var faces = face == Face.PLAIN ? new String[0] : new String[] {face.subprotocol()};

        var client = ChatClient.connectWith(Map.of("Cookie", cookie), base, "form-" + face, faces);
        client.send("/user mallory");
        client.send(face == Face.FULL ? "{\"type\":\"Message\",\"content\":\"still myself\"}" : "still myself");

        var heard = watching.next("NewMessage");
        assertThat(heard.getString("content")).isEqualTo("still myself");
        assertThat(heard.getString("username")).isEqualTo("carol");
        assertThat(rest.send("GET", "me", null, "Cookie", cookie).json().getString("username"))
                .isEqualTo("carol");
    }

    @Test
    void theServersRoleMakesAnAdministrator() throws Exception {
        var erins = me(loggedIn("erin"));
        var carols = me(loggedIn("carol"));

        assertThat(erins.getJsonArray("roles").toString()).contains("administrator");
        assertThat(carols.getJsonArray("roles")).isEmpty();
    }

    @Test
    void aWrongPasswordOpensNothing() throws Exception {
        var cookie = shownTheForm();
        var answer = fillIn(cookie, "carol", "wrong-" + PASSWORD);

        var client = ChatClient.connectWith(Map.of("Cookie", cookie), base, "general", "chat.v1.json");
        client.send("{\"type\":\"Hello\"}");

        assertThat(answer.statusCode()).isIn(200, 302, 303);
        assertThat(client.closeCode()).isEqualTo(4001);
        assertThat(rest.send("GET", "me", null, "Cookie", cookie).status()).isEqualTo(401);
    }

    @Test
    void aPageOfAnotherOriginGetsNothingByTheCookieThatTheBrowserSendsAlong() throws Exception {
        var cookie = loggedIn("carol");

        var handshake = Map.of("Cookie", cookie, "Origin", FOREIGN);
        assertThat(ChatClient.statusOf(handshake, base, "general")).isEqualTo(403);
        for (var method : List.of("GET", "PUT")) {
            var body = method.equals("GET") ? null : "{\"kind\":\"open\"}";
            assertThat(rest.send(method, "rooms/of-carols", body, "Cookie", cookie, "Origin", FOREIGN)
                            .status())
                    .isEqualTo(403);
        }
        assertThat(rest.send("GET", "rooms/of-carols", null, "Cookie", cookie).status())
                .as("nothing was made")
                .isEqualTo(404);
    }

    @Test
    void whoLogsOutThereIsOutHereWithinASecond() throws Exception {
        var cookie = loggedIn("dave");
        var clients = List.of(greeted(cookie, "logout"), greeted(cookie, "logout"));
        var watching = greeted(loggedIn("carol"), "logout");
        var elsewhere = greeted(loggedIn("dave"), "logout-elsewhere");

        var begun = System.nanoTime();
        get("staff/leave", cookie);

        for (var client : clients) {
            // By the server itself: Jakarta WebSocket 2.1, section 7.2.
            assertThat(client.closeCode()).isEqualTo(1008);
        }
        assertThat(watching.next("UserLeft").getString("username")).isEqualTo("dave");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
        elsewhere.send("{\"type\":\"Ping\",\"ref\":\"p\"}");
        assertThat(elsewhere.next("Pong").getString("ref"))
                .as("another browser")
                .isEqualTo("p");
        var again = ChatClient.connectWith(Map.of("Cookie", cookie), base, "logout", "chat.v1.json");
        again.send("{\"type\":\"Hello\"}");
        assertThat(again.closeCode()).isEqualTo(4001);
    }

    @Test
    void nobodyTakesANameByMakingAnAccountHere() {
        var made = rest.register("frank", Rest.PASSWORD);
        var login = rest.post("sessions", Rest.credentials("frank", Rest.PASSWORD));

        assertThat(made.code()).isEqualTo("FORBIDDEN");
        assertThat(login.code()).isEqualTo("NOT_AUTHENTICATED");
    }

    @Test
    void neitherCookiesNorPasswordsGetIntoTheLog() throws Exception {
        var cookie = loggedIn("carol");
        greeted(cookie, "general");
        fillIn(shownTheForm(), "carol", "wrong-" + PASSWORD);

        assertThat(Files.readString(server.log()))
                .doesNotContain(
                        PASSWORD, cookie.substring(cookie.indexOf('=') + 1).split("\\.")[0]);
    }

    private static JsonObject me(String cookie) {
        return rest.send("GET", "me", null, "Cookie", cookie).json();
    }

    private static ChatClient greeted(String cookie, String room) {
        var client = ChatClient.connectWith(Map.of("Cookie", cookie), base, room, "chat.v1.json");
        client.send("{\"type\":\"Hello\"}");
        assertThat(client.next("Welcome").getBoolean("authenticated")).isTrue();
        return client;
    }

    /** As a browser does it. @return the session's cookie */
    private static String loggedIn(String name) throws IOException, InterruptedException {
        var before = shownTheForm();
        var answer = fillIn(before, name, PASSWORD);
        assertThat(answer.statusCode()).as(answer.body()).isIn(302, 303);
        var cookie = cookieOf(answer, before);
        assertThat(get("staff/welcome", cookie).body()).doesNotContain("Who are you?");
        return cookie;
    }

    private static String shownTheForm() throws IOException, InterruptedException {
        var answer = get("staff/welcome", "none=0");
        assertThat(answer.body()).contains("Who are you?");
        return cookieOf(answer, null);
    }

    private static HttpResponse<String> fillIn(String cookie, String name, String password)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(base.resolve("j_security_check"))
                .header("Cookie", cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("j_username=" + name + "&j_password=" + password));
        return HTTP.send(request.timeout(ChatClient.PATIENCE).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path, String cookie) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(base.resolve(path)).header("Cookie", cookie);
        return HTTP.send(request.timeout(ChatClient.PATIENCE).build(), BodyHandlers.ofString());
    }

    // A login may change the session's id, and should.
    private static String cookieOf(HttpResponse<String> answer, String otherwise) {
        return answer.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";", 2)[0])
                .filter(cookie -> cookie.startsWith("JSESSIONID="))
                .findFirst()
                .orElse(otherwise);
    }
}
