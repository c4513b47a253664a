package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What somebody finds who reads the whole database, or the log. */
class SecretsAtRestIT {

    private static final String ROOM_PASSWORD = "open sesame of the room";
    private static final String WRONG_PASSWORD = "a password with a slip";
    private static final String NEW_PASSWORD = "quite another password";

    private static ControlledPostgres postgres;
    private static ServerProcess server;
    private static URI base;
    private static Rest rest;

    @BeforeAll
    static void start() throws Exception {
        postgres = new ControlledPostgres();
        postgres.start();
        server = new ServerProcess("secrets", postgres, "-Dparlour.bootstrap-administrator=Root Ann");
        server.start();
        base = server.address();
        rest = new Rest(base);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        postgres.close();
    }

    @Test
    void nothingThatOpensADoorIsKeptOrLogged() throws Exception {
        var root = rest.loggedIn("Root Ann");
        var bob = rest.loggedIn("bob");
        rest.send(
                "PUT",
                "rooms/lab",
                "{\"kind\":\"protected\",\"password\":\"" + ROOM_PASSWORD + "\"}",
                Rest.bearer(root));
        var invitation = invited(root, 2);
        var revoked = invited(root, 1);
        rest.post("invitations", "{\"invitation\":\"" + invitation.getString("invitation") + "\"}", Rest.bearer(bob));
        rest.send("DELETE", "rooms/lab/invitations/" + revoked.getString("id"), null, Rest.bearer(root));
        var client = LoggedInClient.connect(base, "lab", root).as("Root Ann");
        client.send("/invite");
        var byCommand = client.next(message -> message.getString("code", "").equals("INVITATION"))
                .getString("message")
                .replaceAll(".*: ", "");
        rest.post("sessions", Rest.credentials("bob", WRONG_PASSWORD));
        rest.send(
                "PUT",
                "me/password",
                "{\"oldPassword\":\"" + Rest.PASSWORD + "\",\"password\":\"" + NEW_PASSWORD + "\"}",
                Rest.bearer(bob));
        var refreshed = rest.refresh(bob.getString("refreshToken")).json();
        var guest = ChatClient.connect(base, "general", "chat.v1.json");
        guest.send("{\"type\":\"Hello\",\"username\":\"carl\"}");
        var guestToken = guest.next("Welcome").getString("token");

        var secrets = new ArrayList<>(List.of(
                Rest.PASSWORD,
                ROOM_PASSWORD,
                WRONG_PASSWORD,
                NEW_PASSWORD,
                invitation.getString("invitation"),
                revoked.getString("invitation"),
                byCommand,
                guestToken));
        for (var session : List.of(root, bob, refreshed)) {
            secrets.add(session.getString("accessToken"));
            secrets.add(session.getString("refreshToken").split("\\.")[1]);
        }
        var database = everythingKept();
        assertThat(byCommand).matches("[A-Za-z0-9_-]{43}");
        assertThat(database)
                .contains("Root Ann", "bob", "PBKDF2WithHmacSHA256", hash(invitation.getString("invitation")))
                .contains(
                        hash(byCommand),
                        hash(refreshed.getString("refreshToken").split("\\.")[1]))
                .doesNotContain(hash(revoked.getString("invitation")))
                .doesNotContain(secrets);
        assertThat(Files.readString(server.log())).contains("Settings:").doesNotContain(secrets);
    }

    private static JsonObject invited(JsonObject by, int uses) {
        var answer = rest.post("rooms/lab/invitations", "{\"uses\":" + uses + "}", Rest.bearer(by));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static String hash(String secret) throws Exception {
        var hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    private static String everythingKept() throws SQLException {
        var found = new StringBuilder();
        try (var connection = DriverManager.getConnection(postgres.url(), "postgres", "postgres");
                var statement = connection.createStatement()) {
            var tables = new ArrayList<String>();
            try (var names = statement.executeQuery(
                    "select table_name from information_schema.tables where table_schema = 'public'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            assertThat(tables).contains("account", "audit", "invitation", "login_session", "room");
            for (var table : tables) {
                try (var rows = statement.executeQuery("select cast(t as text) from " + table + " t")) {
                    while (rows.next()) {
                        found.append(table).append(rows.getString(1)).append('\n');
                    }
                }
            }
        }
        return found.toString();
    }
}
