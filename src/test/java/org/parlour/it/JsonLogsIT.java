package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Logs that {@code json-logs.cli} has made readable for machines. About WildFly: it is its script that is tried. */
@Tag("wildfly")
class JsonLogsIT {

    @Test
    void everyLineOfTheLogIsAnObject() throws Exception {
        try (var server = new ServerProcess("json-logs")) {
            server.configure(Path.of("server-config/wildfly/json-logs.cli"));
            server.configure(Path.of("server-config/wildfly/json-logs.cli"));
            server.start();

            var records = records(server.directory().resolve("log/server.log"));

            assertThat(records)
                    .filteredOn(one -> one.getString("loggerName").startsWith("org.parlour."))
                    .anySatisfy(one -> {
                        assertThat(one.getString("level")).isEqualTo("INFO");
                        assertThat(one.getString("message")).startsWith("The database is ready: ");
                        assertThat(one.getString("application")).isEqualTo("parlour");
                        assertThat(one.getString("timestamp")).startsWith("20");
                    });
        }
    }

    private static List<JsonObject> records(Path log) throws Exception {
        return Files.readAllLines(log).stream()
                // Of the time in which the script had not been run: those of the process that ran it.
                .dropWhile(line -> !line.startsWith("{"))
                .map(ChatClient::json)
                .toList();
    }
}
