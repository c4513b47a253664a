package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.testing.Eventually.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The figures over JMX, as a client sees them that has none of Parlour's classes. */
class JmxIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aRoomIsShownAsItIsAndWithoutWhatIsSaid() throws Exception {
        try (var server = new ServerProcess("jmx-rooms").start();
                var figures = new Figures(server.pid())) {
            talk(server);

            assertThat(figures.chat.getConnections()).isEqualTo(3);
            assertThat(figures.chat.isDatabaseAvailable()).isTrue();
            assertThat(figures.chat.getLaneCapacity()).isEqualTo(10_000);
            var general = room(figures, "general");
            assertThat(general.get("connections")).isEqualTo(2);
            assertThat(general.get("named")).isEqualTo(2);
            assertThat(general.get("head")).as("two joins and a message").isEqualTo(3L);
            assertThat(general.get("recentMessages")).isEqualTo(1);
            assertThat(general.get("pending")).isEqualTo(0);
            assertThat(general.toString()).doesNotContain("hello", "ann");
            assertThat(room(figures, "nobody is here")).isNull();
            assertThat(fullest(figures, 1))
                    .singleElement()
                    .satisfies(room -> assertThat(room.get("name")).isEqualTo("general"));
            assertThat(fullest(figures, 10)).hasSize(2);
            assertThat(fullest(figures, -1)).isEmpty();
        }
    }

    @Test
    @Tag("wildfly")
    void eachDeploymentShowsItsOwnFiguresAndTakesThemAlong() throws Exception {
        try (var server = new ServerProcess("jmx")) {
            var deployments = server.directory().resolve("deployments");
            Files.copy(deployments.resolve("ROOT.war"), deployments.resolve("second.war"));
            server.start();
            await(deployments.resolve("second.war.deployed"));
            try (var figures = new Figures(server.pid())) {
                var second = new ObjectName("org.parlour:type=Chat,context=\"/second\"");
                talk(server);

                assertThat(figures.chat.getConnections()).isEqualTo(3);
                assertThat(figures.beans().getAttribute(second, "Connections")).isEqualTo(0L);

                server.undeploy();
                await(deployments.resolve("ROOT.war.undeployed"));
                eventually("its bean is gone", PATIENCE, () -> !isRegistered(figures, Figures.CHAT));
                assertThat(isRegistered(figures, second)).isTrue();
            }
        }
    }

    @Test
    void whoeverIsOnTheMachineCanHaveThemPrinted() throws Exception {
        try (var server = new ServerProcess("figures").start()) {
            talk(server);

            var told = ManagementIT.run(
                    server,
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "server-config/monitoring/Figures.java",
                            Long.toString(server.pid())));

            assertThat(told)
                    .contains("org.parlour:type=Chat,context=\"/\"")
                    .containsPattern("Connections +3\\n")
                    .containsPattern("DatabaseAvailable +true\\n")
                    .containsPattern("room .*connections=2.*name=general")
                    .doesNotContain("hello");
        }
    }

    /** Two people in one room and one in another, of whom one has said hello. */
    static void talk(ServerProcess server) {
        var ann =
                ChatClient.connect(server.address(), "general", "chat.v1.json").as("ann");
        var bob = ChatClient.connect(server.address(), "general").as("bob");
        ChatClient.connect(server.address(), "quiet").as("carol");
        ann.send("{\"type\":\"Message\",\"content\":\"hello\"}");
        assertThat(bob.nextContent()).isEqualTo("hello");
    }

    private static CompositeData room(Figures figures, String name) throws Exception {
        return (CompositeData) figures.beans()
                .invoke(Figures.CHAT, "room", new Object[] {name}, new String[] {String.class.getName()});
    }

    private static CompositeData[] fullest(Figures figures, int most) throws Exception {
        return (CompositeData[])
                figures.beans().invoke(Figures.CHAT, "fullestRooms", new Object[] {most}, new String[] {"int"});
    }

    private static boolean isRegistered(Figures figures, ObjectName name) {
        try {
            return figures.beans().isRegistered(name);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void await(Path file) {
        eventually(file.toString(), PATIENCE, () -> Files.exists(file));
    }
}
