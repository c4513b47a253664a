package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.RoomName;
import org.parlour.room.RoomManager;

/** Inside the server: what the room manager holds and what stands in the database while clients come and go. */
@ArquillianTest
@Tag("core")
class RoomManagerIT {

    @ArquillianResource
    private URL url;

    @Inject
    private RoomManager rooms;

    @Inject
    private ChatMetrics metrics;

    @PersistenceContext(unitName = "parlour")
    private EntityManager entities;

    private URI base;
    private RoomName room;

    @Deployment
    static WebArchive war() throws URISyntaxException {
        var assertJ = new File(Assertions.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return Deployments.war()
                .addClasses(ChatClient.class, Confidential.class)
                .addAsLibrary(assertJ);
    }

    @BeforeEach
    void freshRoom() throws URISyntaxException {
        base = url.toURI();
        room = new RoomName("inside-" + UUID.randomUUID());
    }

    @Test
    void aRoomIsInMemoryAsLongAsSomebodyIsInIt() {
        assertThat(rooms.rooms()).doesNotContain(room);

        var alice = connect();
        var bob = connect();
        await(() -> rooms.members(room) == 2);
        alice.close();
        await(() -> rooms.members(room) == 1);
        assertThat(rooms.rooms()).contains(room);

        bob.vanish();
        await(() -> !rooms.rooms().contains(room));
    }

    @Test
    void everyEventIsARowBeforeItIsShown() {
        var alice = connect().as("alice");
        var bob = connect().as("bob");

        alice.send("hello");
        bob.next("NewMessage");

        assertThat(rowsOf(room)).containsExactly("1 JOINED alice null", "2 JOINED bob null", "3 MESSAGE alice hello");
        alice.send("/user alicia");
        bob.next("UserLeft");
        assertThat(rowsOf(room)).last().isEqualTo("4 RENAMED alice alicia");
        alice.send("/topic cats");
        bob.next("Notice");
        alice.send("/me purrs");
        bob.next("NewMessage");
        alice.close();
        bob.next("UserLeft");
        assertThat(rowsOf(room))
                .endsWith("5 TOPIC alicia cats", "6 ACTION alicia purrs", "7 LEFT alicia quit")
                .hasSize(7);
        assertThat(lastSeqOf(room)).isEqualTo(7);
    }

    @Test
    void theRefusedLeaveNoRow() {
        var alice = connect();

        alice.send("too early");
        alice.next("Error");
        alice.send("/user admin");
        alice.next("Error");

        assertThat(rowsOf(room)).isEmpty();
    }

    @Test
    void historyIsReadAtTheFirstNeedAndNoMoreThanNeeded() {
        var alice = connect().as("alice");
        IntStream.rangeClosed(1, 80).forEach(i -> alice.send("message " + i));
        alice.send("/history 1");
        assertThat(alice.nextContent()).isEqualTo("message 80");
        alice.close();
        await(() -> !rooms.rooms().contains(room));

        var before = metrics.getHistoryReads();
        var anonymous = connect();
        anonymous.send("/who");
        anonymous.next("Notice");
        assertThat(metrics.getHistoryReads()).as("nobody needs it yet").isEqualTo(before);

        var bob = connect().as("bob");
        assertThat(bob.nextContent()).isEqualTo("message 31");
        assertThat(metrics.getHistoryReads()).as("one read fills the memory").isEqualTo(before + 1);

        var carol = connect().as("carol");
        assertThat(carol.nextContent()).isEqualTo("message 31");
        carol.drain();
        carol.send("/history 50");
        assertThat(carol.nextContent()).isEqualTo("message 31");
        carol.drain();
        assertThat(metrics.getHistoryReads()).as("memory serves the rest").isEqualTo(before + 1);

        carol.send("/history 60");
        assertThat(carol.nextContent()).isEqualTo("message 21");
        assertThat(carol.drain()).hasSize(59);
        assertThat(metrics.getHistoryReads())
                .as("one query for the start, one for the ten messages that are not in memory")
                .isEqualTo(before + 3);
    }

    private ChatClient connect() {
        return ChatClient.connect(base, room.value());
    }

    @SuppressWarnings("unchecked")
    private List<String> rowsOf(RoomName name) {
        List<Object[]> rows = entities.createNativeQuery("select m.seq, m.kind, m.sender, m.content from message m"
                        + " join room r on r.id = m.room_id where r.name = ? order by m.seq")
                .setParameter(1, name.value())
                .getResultList();
        return rows.stream()
                .map(row -> row[0] + " " + row[1] + " " + row[2] + " " + row[3])
                .toList();
    }

    private long lastSeqOf(RoomName name) {
        return ((Number) entities.createNativeQuery("select last_seq from room where name = ?")
                        .setParameter(1, name.value())
                        .getSingleResult())
                .longValue();
    }

    private static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + ChatClient.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
