package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that use frames against the server; a pair in the same room does not notice. */
class FrameAbuseIT {

    private static final int LIMIT = 65_536;
    private static final byte[] NOTHING = {};
    private static final long HEAP_NOISE = 16 << 20;

    private static ServerProcess server;
    private static ChatClient alice;
    private static ChatClient bob;
    private static int said;

    private final String room = "abuse";

    @BeforeAll
    static void aPair() throws Exception {
        server = new ServerProcess("abuse", "-Dparlour.heartbeat-seconds=1", "-Dparlour.stall-seconds=3").start();
        alice = ChatClient.connect(server.address(), "abuse").as("alice");
        bob = ChatClient.connect(server.address(), "abuse").as("bob");
        alice.next("UserJoined");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    @AfterEach
    void thePairTalks() {
        alice.send("line " + ++said);
        assertThat(bob.nextContent()).isEqualTo("line " + said);
    }

    @AfterEach
    void nobodyHadToReadAStack() throws IOException {
        assertThat(Files.readString(server.log())).doesNotContain("\tat ");
    }

    @Test
    void aMessageMayComeByteByByte() throws IOException {
        try (var patient = RawClient.connect(server.address(), room)) {
            var text = "b".repeat(4_000).getBytes();
            patient.say("/user slow");
            alice.next("UserJoined");
            bob.next("UserJoined");

            patient.send(RawClient.TEXT, false, new byte[] {'b'});
            for (int i = 1; i < text.length; i++) {
                patient.send(RawClient.CONTINUATION, i == text.length - 1, new byte[] {text[i]});
            }

            assertThat(alice.nextContent()).isEqualTo(new String(text));
            assertThat(bob.nextContent()).isEqualTo(new String(text));
        }
        alice.next("UserLeft");
        bob.next("UserLeft");
    }

    @Test
    void emptyFragmentsWithoutEndAreCutOff() throws IOException {
        try (var endless = RawClient.connect(server.address(), room)) {
            endless.send(RawClient.TEXT, false, NOTHING);
            try {
                for (int i = 0; i < 2 * LIMIT; i++) {
                    endless.send(RawClient.CONTINUATION, false, NOTHING);
                }
            } catch (SocketException cutOff) {
                // Before the last of them.
            }

            // A server need not show empty parts to anybody; then the heartbeat finds that nothing is said.
            assertThat(endless.read(RawClient.CLOSE).closeCode()).isIn(1009, 4201);
        }
    }

    @Test
    void aFrameThatAnnouncesMoreThanThereIsMemoryCostsNothing() throws Exception {
        try (var boaster = RawClient.connect(server.address(), room);
                var figures = new Figures(server.pid())) {
            var before = figures.reachableHeap();

            boaster.sendRaw(
                    new byte[] {(byte) 0x81, (byte) 0xFF, 0x3F, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 'a', 'b'});

            thePairTalks();
            assertThat(figures.reachableHeap() - before).isLessThan(HEAP_NOISE);
        }
    }

    @Test
    void pingsThatNobodyReadsTheAnswersToAreNotTakenForEver() throws Exception {
        try (var flooder = RawClient.connect(server.address(), room, 4_096);
                var figures = new Figures(server.pid())) {
            var before = figures.reachableHeap();
            var flood = new Thread(() -> flood(flooder));
            flood.setDaemon(true);
            flood.start();
            for (int i = 0; i < 20; i++) {
                thePairTalks();
                TimeUnit.MILLISECONDS.sleep(100);
            }

            assertThat(figures.reachableHeap() - before).isLessThan(HEAP_NOISE);
            flooder.close();
            flood.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(flood.isAlive()).isFalse();
        }
    }

    @Test
    void pingsThatAreReadAreAnsweredAndHarmNobody() throws Exception {
        try (var flooder = RawClient.connect(server.address(), room)) {
            for (int i = 0; i < 5_000; i++) {
                flooder.send(RawClient.PING, true, Integer.toString(i).getBytes());
            }

            thePairTalks();
            var answer = flooder.read(RawClient.PONG).payload();
            assertThat(Integer.parseInt(new String(answer))).isBetween(0, 5_000);
        }
    }

    @Test
    void whoNeverFinishesAFrameIsTakenOut() throws IOException {
        try (var dribbler = RawClient.connect(server.address(), room)) {
            dribbler.sendRaw(new byte[] {(byte) 0x81, (byte) 0x85, 0, 0, 0, 0, 'a'});

            assertThat(endOf(dribbler)).isTrue();
        }
    }

    private static boolean endOf(RawClient client) throws IOException {
        try {
            client.read(RawClient.CLOSE);
            return true;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        }
    }

    private static void flood(RawClient flooder) {
        try {
            var payload = new byte[125];
            for (int i = 0; i < 1_000_000; i++) {
                flooder.send(RawClient.PING, true, payload);
            }
        } catch (IOException over) {
            // The server, or the test, has closed it.
        }
    }
}
