package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The figures as Prometheus reads them. */
@Tag("core")
class MetricsIT extends DeployedWar {

    private Rest rest;

    @BeforeEach
    void client() {
        rest = new Rest(base);
    }

    @Test
    void onlyAdministratorsAndWhoHasTheTokenMayReadThem() {
        var ann = rest.loggedIn("ann" + UUID.randomUUID().toString().substring(0, 8));

        assertThat(rest.send("GET", "metrics", null).status()).isEqualTo(401);
        assertThat(withToken("metrics", "x" + TestServer.METRICS_TOKEN).status())
                .isEqualTo(401);
        assertThat(rest.send("GET", "metrics", null, Rest.bearer(ann)).status()).isEqualTo(403);
        assertThat(rest.send("GET", "metrics", null, Rest.bearer(rest.administrator()))
                        .status())
                .isEqualTo(200);
        var answer = withToken("metrics", TestServer.METRICS_TOKEN);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/plain").contains("version=0.0.4");
    }

    @Test
    void theTokenOpensNothingElse() {
        for (var path : new String[] {"me", "audit", "accounts", "rooms/" + room, "metrics/"}) {
            assertThat(withToken(path, TestServer.METRICS_TOKEN).status())
                    .as(path)
                    .isIn(401, 404);
        }
    }

    @Test
    void whatHappensIsCounted() {
        var before = figures();
        var ann = full().as("ann");
        var bob = plain();
        ann.send("{\"type\":\"Message\",\"content\":\"counted\"}");
        ann.next("Ack");
        assertThat(bob.nextContent()).isEqualTo("counted");
        bob.send("nameless");
        bob.next("Error");

        var after = figures();

        assertThat(value(after, "parlour_connections")).isGreaterThanOrEqualTo(2);
        assertThat(value(after, "parlour_rooms")).isPositive();
        assertThat(value(after, "parlour_database_available")).isEqualTo(1);
        assertThat(value(after, "parlour_lane_depth{lane=\"0\"}")).isNotNegative();
        assertThat(value(after, "parlour_lane_capacity")).isEqualTo(10_000);
        assertGrew(before, after, "parlour_events_stored_total");
        assertGrew(before, after, "parlour_deliveries_total");
        assertGrew(before, after, "parlour_commit_seconds_count");
        assertGrew(before, after, "parlour_commit_seconds_sum");
        assertGrew(before, after, "parlour_write_seconds_count");
        assertGrew(before, after, "parlour_commit_events_sum");
        assertGrew(before, after, "parlour_delivery_seconds_count");
        assertGrew(before, after, "parlour_refusals_total{code=\"USERNAME_REQUIRED\"}");
        assertThat(value(after, "parlour_write_seconds_sum"))
                .isGreaterThanOrEqualTo(value(after, "parlour_commit_seconds_sum"));
        assertThat(after).contains("jvm_memory_used_bytes{area=\"heap\"}");
    }

    @Test
    void everyLineIsOneThatPrometheusReads() {
        var line = Pattern.compile("# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{[^}]+})? (-?[0-9.]+(E-?\\d+)?|NaN|[+-]Inf)");

        assertThat(figures().split("\n")).allMatch(one -> line.matcher(one).matches());
    }

    private static void assertGrew(String before, String after, String name) {
        assertThat(value(after, name)).as(name).isGreaterThan(value(before, name));
    }

    private static double value(String figures, String name) {
        return figures.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private String figures() {
        return withToken("metrics", TestServer.METRICS_TOKEN).text();
    }

    private Rest.Answer withToken(String path, String token) {
        return rest.send("GET", path, null, "Authorization", "Bearer " + token);
    }
}
