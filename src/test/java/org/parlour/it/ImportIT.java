package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** server-config/postgres/import-messages.sql, on the table that the original Rust server kept. */
class ImportIT extends DeployedWar {

    private static final Path SCRIPT = Path.of("server-config/postgres/import-messages.sql");

    private Connection connection;

    @BeforeEach
    void aTableOfTheOriginals() throws SQLException {
        connection = DriverManager.getConnection(System.getProperty(TestServer.POSTGRES), "postgres", "postgres");
        execute("create table messages (id bigserial primary key, room text not null, message jsonb not null,"
                + " timestamp timestamptz not null default now())");
    }

    @AfterEach
    void noTableOfTheOriginals() throws SQLException {
        execute("drop table messages");
        connection.close();
    }

    @Test
    void whatWasSaidThereStandsInTheRoomsLogInTheOrderOfItsTime() throws Exception {
        said(room, "bob", "third", "2020-01-01 10:00:03+00");
        said(room, "ann", "first", "2020-01-01 10:00:01+00");
        said(room + ".b", "ann", "elsewhere", "2020-01-01 10:00:01+00");
        row(room, "{\"type\":\"UserJoined\",\"username\":\"bob\"}", "2020-01-01 10:00:02+00");
        row(room, "{\"type\":\"UserLeft\",\"username\":\"bob\"}", "2020-01-01 10:00:04+00");
        said(room, "Jürgen O", "it''s 5 o''clock\\nand \uD83C\uDF33", "2020-01-01 11:00:05+01");

        var report = imported();

        assertThat(report).isEqualTo(Map.of("imported now", 6L, "imported earlier", 0L));
        var events = everythingIn(room);
        assertThat(events)
                .extracting(event -> event.getString("type") + " " + event.getString("username") + " "
                        + event.getString("content", ""))
                .containsExactly(
                        "NewMessage ann first",
                        "UserJoined bob ",
                        "NewMessage bob third",
                        "UserLeft bob ",
                        "NewMessage Jürgen O it's 5 o'clock\nand \uD83C\uDF33");
        assertThat(events).extracting(event -> event.getInt("seq")).containsExactly(1, 2, 3, 4, 5);
        assertThat(events.get(4).getString("at")).isEqualTo("2020-01-01T10:00:05.000Z");
        assertThat(everythingIn(room + ".b")).hasSize(1);
    }

    @Test
    void againItBringsOnlyWhatIsNew() throws Exception {
        IntStream.rangeClosed(1, 300).forEach(i -> insert(room, "ann", "message " + i, "2020-01-01 10:00:00+00"));
        imported();
        var dora = full();
        dora.send("{\"type\":\"Hello\",\"username\":\"dora\",\"historyLimit\":0}");
        dora.send("{\"type\":\"Message\",\"content\":\"now\",\"ref\":\"n\"}");
        dora.next("Ack");

        assertThat(imported()).isEqualTo(Map.of("imported now", 0L, "imported earlier", 300L));
        insert(room, "ann", "late", "2020-01-01 10:00:01+00");
        assertThat(imported()).isEqualTo(Map.of("imported now", 1L, "imported earlier", 300L));

        var events = everythingIn(room);
        assertThat(events)
                .extracting(event -> event.getInt("seq"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 303).boxed().toList());
        assertThat(events.subList(0, 300))
                .extracting(event -> event.getString("content"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 300)
                        .mapToObj(i -> "message " + i)
                        .toList());
        assertThat(events.get(302).getString("content"))
                .as("behind what was said meanwhile")
                .isEqualTo("late");
    }

    @Test
    void whatCouldNotHaveBeenSaidHereIsCountedAndLeftOut() throws Exception {
        said(room, "ann", "good", "2020-01-01 10:00:00+00");
        for (var place : List.of("", ".", "..", "a/b", "private:ann:x", "Direct:a:b", "x".repeat(65))) {
            insert(place, "ann", "no such room", "2020-01-01 10:00:00+00");
        }
        for (var name : List.of("", "a\\u202Eb", "x".repeat(33), "a  b", "--", "<b>")) {
            insert(room, name, "no such person", "2020-01-01 10:00:00+00");
        }
        insert(room, "ann", "", "2020-01-01 10:00:00+00");
        insert(room, "ann", "x".repeat(4_001), "2020-01-01 10:00:00+00");
        row(room, "{\"type\":\"Shouted\",\"username\":\"ann\"}", "2020-01-01 10:00:00+00");
        row(room, "[1]", "2020-01-01 10:00:00+00");
        row(room, "\"text\"", "2020-01-01 10:00:00+00");

        assertThat(imported())
                .isEqualTo(Map.of(
                        "imported now", 1L,
                        "imported earlier", 0L,
                        "left out: no name of a room", 7L,
                        "left out: no name of a person", 6L,
                        "left out: no content", 1L,
                        "left out: too long", 1L,
                        "left out: no event that there is", 3L));
        assertThat(everythingIn(room)).hasSize(1);
    }

    private Map<String, Long> imported() throws SQLException, IOException {
        var report = new TreeMap<String, Long>();
        try (var statement = connection.createStatement()) {
            var isRows = statement.execute(Files.readString(SCRIPT));
            for (int results = 0; results < 100; results++) {
                if (isRows) {
                    noteReport(statement, report);
                } else if (statement.getUpdateCount() < 0) {
                    break;
                }
                isRows = statement.getMoreResults();
            }
        }
        return report;
    }

    private static void noteReport(Statement statement, Map<String, Long> report) throws SQLException {
        try (ResultSet rows = statement.getResultSet()) {
            while (rows.getMetaData().getColumnLabel(1).equals("outcome") && rows.next()) {
                report.put(rows.getString(1), rows.getLong(2));
            }
        }
    }

    /** As somebody is told who was there from the beginning. */
    private List<JsonObject> everythingIn(String name) {
        var rest = new Rest(base);
        return rest.send("GET", "rooms/" + name + "/export", null, Rest.bearer(rest.administrator()))
                .text()
                .lines()
                .map(ChatClient::json)
                .toList();
    }

    private void said(String place, String name, String content, String at) throws SQLException {
        row(place, "{\"type\":\"NewMessage\",\"username\":\"" + name + "\",\"content\":\"" + content + "\"}", at);
    }

    private void insert(String place, String name, String content, String at) {
        try {
            said(place, name, content, at);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private void row(String place, String message, String at) throws SQLException {
        execute("insert into messages (room, message, timestamp) values ('" + place + "', '" + message + "', '" + at
                + "')");
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
