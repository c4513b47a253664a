package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A database that earlier versions have filled, and what people find in it after the upgrade. */
class UpgradeIT {

    private static final Pattern H2 = Pattern.compile("h2(-[\\d.]+)?\\.jar");

    private EarlierVersions left;
    private URI base;
    private Rest rest;

    @Test
    void everythingThatWasInPostgresIsFoundAfterTheUpgrade() throws Exception {
        try (var postgres = new ControlledPostgres()) {
            postgres.start();
            var database = new PGSimpleDataSource();
            database.setUrl(postgres.url());
            database.setUser("postgres");
            database.setPassword("postgres");
            try (var connection = database.getConnection()) {
                fill(
                        connection,
                        Flyway.configure()
                                .dataSource(database)
                                .placeholders(Map.of("room_storage", "with (fillfactor = 50)")));
            }
            try (var server = new ServerProcess("upgrade", postgres)) {
                check(server);
            }
        }
    }

    @Test
    void everythingThatWasInH2IsFoundAfterTheUpgrade() throws Exception {
        try (var server = new ServerProcess("upgrade-h2")) {
            var url = "jdbc:h2:file:" + server.directory().resolve("data/parlour") + TestServer.H2_OPTIONS;
            try (var loader = new URLClassLoader(
                            new URL[] {h2().toUri().toURL()}, getClass().getClassLoader());
                    var connection = connected(loader, url)) {
                fill(
                        connection,
                        Flyway.configure(loader)
                                .dataSource(url, "parlour", "parlour")
                                .placeholders(Map.of("room_storage", "")));
            }
            check(server);
        }
    }

    // The server's own, for it has to read the file.
    private static Path h2() throws IOException {
        try (var files = Files.find(
                ApplicationServer.HOME,
                12,
                (file, kind) -> H2.matcher(file.getFileName().toString()).matches())) {
            return files.findFirst().orElseThrow();
        }
    }

    private static Connection connected(ClassLoader loader, String url) throws Exception {
        var driver = (Driver)
                loader.loadClass("org.h2.Driver").getDeclaredConstructor().newInstance();
        var credentials = new Properties();
        credentials.setProperty("user", "parlour");
        credentials.setProperty("password", "parlour");
        return driver.connect(url, credentials);
    }

    private void fill(Connection connection, FluentConfiguration flyway) throws SQLException {
        left = new EarlierVersions(connection);
        flyway.locations("classpath:db/migration");
        for (int version = 1; version <= EarlierVersions.NEWEST; version++) {
            var done = flyway.target(Integer.toString(version)).load().migrate();
            assertThat(done.migrationsExecuted).as("version %d", version).isEqualTo(1);
            left.fill(version);
        }
    }

    private void check(ServerProcess server) throws Exception {
        server.start();
        base = server.address();
        rest = new Rest(base);
        assertThat(Files.readString(server.log())).containsPattern("schema version \\d+, migrations run: [1-9]");

        theLogIsTheSame();
        guestsAreTheSame();
        accountsAreTheSame();
        roomsAreTheSame();
        conversationsAreTheSame();
        itGoesOn();
    }

    private void theLogIsTheSame() {
        var reader = ChatClient.connect(base, "general", "chat.v1.json");
        reader.send("{\"type\":\"Hello\",\"since\":0}");
        var welcome = reader.next("Welcome");
        assertThat(welcome.getBoolean("recovered")).isTrue();
        assertThat(welcome.getString("epoch")).isEqualTo(EarlierVersions.EPOCH);
        assertThat(welcome.getInt("oldest")).isEqualTo(1);
        var events = left.events();
        assertThat(welcome.getInt("head")).isEqualTo(events.size());
        var told = new ArrayList<JsonObject>();
        while (told.size() < events.size()) {
            told.addAll(reader.next("Batch").getJsonArray("events").getValuesAs(JsonObject.class));
        }
        for (int i = 0; i < events.size(); i++) {
            assertSame(told.get(i), events.get(i));
        }
        reader.send("/topic");
        assertThat(reader.next("Notice").toString()).contains("Release on Friday 🎉");
        reader.close();
    }

    private static void assertSame(JsonObject told, EarlierVersions.Event event) {
        assertThat(told.getInt("seq")).isEqualTo((int) event.seq());
        assertThat(told.getString("at"))
                .isEqualTo(EarlierVersions.FIRST.plusSeconds(event.seq()).toString());
        assertThat(told.getString("type")).as("%s", event).isEqualTo(typeOf(event.kind()));
        switch (event.kind()) {
            case "MESSAGE", "ACTION" -> {
                assertThat(told.getString("content", null))
                        .as("seq %d", event.seq())
                        .isEqualTo(event.content());
                assertThat(told.getBoolean("deleted", false)).isEqualTo(event.content() == null);
                assertThat(told.getBoolean("action", false))
                        .isEqualTo(event.kind().equals("ACTION"));
                assertThat(told.getString("userId")).isEqualTo(event.senderId());
                assertThat(told.getInt("replyTo", 0))
                        .isEqualTo("in answer to the first".equals(event.content()) ? 3 : 0);
            }
            case "RENAMED" -> {
                assertThat(told.getString("from")).isEqualTo(event.sender());
                assertThat(told.getString("username")).isEqualTo(event.content());
            }
            case "TOPIC" -> assertThat(told.getString("topic")).isEqualTo(event.content());
            case "DELETED" -> assertThat(told.getInt("target")).isEqualTo((int) event.seq() - 1);
            default -> assertThat(told.getString("username")).isEqualTo(event.sender());
        }
    }

    private static String typeOf(String kind) {
        return switch (kind) {
            case "JOINED" -> "UserJoined";
            case "LEFT" -> "UserLeft";
            case "RENAMED" -> "UserRenamed";
            case "TOPIC" -> "TopicChanged";
            case "DELETED" -> "MessageDeleted";
            default -> "NewMessage";
        };
    }

    private void guestsAreTheSame() throws Exception {
        var ann = ChatClient.connect(base, "general", "chat.v1.json");
        ann.send("{\"type\":\"Hello\",\"username\":\"ann\",\"token\":\"" + guest(EarlierVersions.ANN) + "\",\"since\":"
                + left.events().size() + ",\"epoch\":\"" + EarlierVersions.EPOCH + "\"}");
        var welcome = ann.next("Welcome");
        assertThat(welcome.getString("userId")).isEqualTo(EarlierVersions.ANN);
        assertThat(welcome.getBoolean("recovered")).isTrue();
        ann.send("{\"type\":\"Message\",\"content\":\"the first words\",\"nonce\":\"n-1\",\"ref\":\"again\"}");
        var again = ann.next("Ack");
        assertThat(again.getInt("seq")).isEqualTo(3);
        assertThat(again.getBoolean("duplicate")).isTrue();
        ann.send("{\"type\":\"Message\",\"content\":\"other words\",\"nonce\":\"n-1\",\"ref\":\"other\"}");
        assertThat(ann.next("Error").getString("code")).isEqualTo("NONCE_CONFLICT");
        ann.close();

        var bob = ChatClient.connect(base, "general", "chat.v1.json");
        bob.send("{\"type\":\"Hello\",\"username\":\"bob\",\"token\":\"" + guest(EarlierVersions.BOB) + "\"}");
        assertThat(bob.next("Error").getString("code")).isEqualTo("BANNED");
    }

    private static String guest(String id) throws Exception {
        var claims = new JWTClaimsSet.Builder()
                .subject(id)
                .audience("guest")
                .expirationTime(Date.from(Instant.now().plusSeconds(3_600)))
                .build();
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        token.sign(new MACSigner(EarlierVersions.GUEST_KEY));
        return token.serialize();
    }

    private void accountsAreTheSame() {
        assertThat(rest.refresh(EarlierVersions.REFRESH_TOKEN).status()).isEqualTo(200);
        assertThat(rest.register("cаrol", Rest.PASSWORD).code())
                .as("with a Cyrillic a")
                .isEqualTo("USERNAME_TAKEN");
        var carol = rest.login("carol");
        assertThat(carol.getString("userId")).isEqualTo(EarlierVersions.CAROL);
        assertThat(rest.send("GET", "audit?action=REGISTERED&limit=200", null, Rest.bearer(carol))
                        .text())
                .contains("\"address\":\"192.0.2.7\"", EarlierVersions.FIRST.toString());
    }

    private void roomsAreTheSame() {
        var carol = rest.login("carol");
        var dave = rest.login("dave");
        assertThat(refusalToRead(EarlierVersions.BOARD, dave)).isEqualTo("ROOM_NOT_FOUND");
        assertThat(get("rooms/" + EarlierVersions.BOARD + "/members", carol).toString())
                .contains("\"carol\"", "\"owner\"");
        assertThat(rest.post(
                                "invitations",
                                "{\"invitation\":\"" + EarlierVersions.INVITATION + "\"}",
                                Rest.bearer(dave))
                        .json()
                        .getString("role"))
                .isEqualTo("member");
        assertThat(get("rooms/" + EarlierVersions.BOARD, dave).getString("kind"))
                .isEqualTo("private");
        var vault = get("rooms/vault", carol);
        assertThat(vault.toString())
                .contains("\"kind\":\"protected\",\"password\":true", "\"slowMode\":30,\"maxMembers\":8")
                .contains("\"retentionDays\":0,\"retentionEvents\":0");
        for (var password : List.of("open sesami", "open sesame")) {
            var client = ChatClient.connect(base, "vault", "chat.v1.json");
            client.send("{\"type\":\"Hello\",\"password\":\"" + password + "\",\"ref\":\"h\"}");
            assertThat(client.next(message -> message.getString("ref", "").equals("h"))
                            .getString("type"))
                    .isEqualTo(password.equals("open sesame") ? "Welcome" : "Error");
            client.close();
        }
        var deleted = left.events().size() - 1;
        var message = get("rooms/general/messages/" + deleted, carol);
        assertThat(message.getBoolean("deleted")).isTrue();
        assertThat(message.containsKey("content")).isFalse();
    }

    private String refusalToRead(String room, JsonObject session) {
        return rest.send("GET", "rooms/" + room, null, Rest.bearer(session)).code();
    }

    private void conversationsAreTheSame() {
        var carol = rest.login("carol");
        var listed = get("conversations", carol);
        var dave = listed.getJsonArray("conversations").getJsonObject(0);
        assertThat(dave.getString("with")).isEqualTo("dave");
        assertThat(dave.getInt("head")).isEqualTo(2);
        assertThat(dave.getInt("unread")).isEqualTo(1);
        assertThat(get("conversations/dave/messages", carol).toString())
                .contains("for your eyes only", "are you there?");
        assertThat(listed.getJsonArray("rooms").getValuesAs(JsonObject.class))
                .filteredOn(room -> room.getString("room").equals("general"))
                .singleElement()
                .satisfies(room -> {
                    assertThat(room.getInt("read")).isEqualTo(3);
                    assertThat(room.getJsonNumber("unread").longValue()).isEqualTo(left.unread(3));
                });
    }

    private void itGoesOn() {
        var head =
                get("conversations", rest.login("carol")).getJsonArray("rooms").getValuesAs(JsonObject.class).stream()
                        .filter(room -> room.getString("room").equals("general"))
                        .findFirst()
                        .orElseThrow()
                        .getInt("head");
        var posted = rest.post(
                "rooms/general/messages", "{\"content\":\"after the upgrade\"}", Rest.bearer(rest.login("dave")));
        assertThat(posted.json().getInt("seq")).isGreaterThan(head);
        // Its id is none of those that are there.
        var fresh = ChatClient.connect(base, "made after the upgrade", "chat.v1.json")
                .as("eve");
        fresh.send("{\"type\":\"Message\",\"content\":\"hello\",\"ref\":\"m\"}");
        assertThat(fresh.next(message -> message.getString("ref", "").equals("m"))
                        .getInt("seq"))
                .as("behind its own join")
                .isEqualTo(2);
    }

    private JsonObject get(String path, JsonObject session) {
        var answer = rest.send("GET", path, null, Rest.bearer(session));
        assertThat(answer.status()).as("%s: %s", path, answer.text()).isEqualTo(200);
        return answer.json();
    }
}
