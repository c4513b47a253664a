package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.parlour.testing.Eventually.eventually;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many sockets at once, in rooms of fifty: all are let in, and all hear what is said. */
class ManySocketsIT {

    private static final int IN_A_ROOM = 50;

    /** How many come at the same moment; each needs a place in the listener's backlog. */
    private static final int AT_ONCE = 100;

    /** What the server and these tests need beside the sockets: JARs, most of all. */
    private static final int OTHER_FILES = 2_000;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void aThousandAreHeld() throws Exception {
        hold(1_000);
    }

    @Test
    @Tag("faults")
    void fiveThousandAreHeld() throws Exception {
        hold(5_000);
    }

    private static void hold(int sockets) throws Exception {
        assumeThat(filesAllowed())
                .as("open files that this user may have (ulimit -n), for the tests and again for the server")
                .isGreaterThanOrEqualTo(sockets + OTHER_FILES);
        try (var server = new ServerProcess("sockets").start();
                var figures = new Figures(server.pid());
                var crowd = new Crowd()) {
            var empty = figures.reachableHeap();
            var threads = figures.threads();
            var members = new ArrayList<CrowdMember>();
            var begun = System.nanoTime();

            for (int first = 0; first < sockets; first += AT_ONCE) {
                crowd.tell(() -> come(crowd, server, members));
                var awaited = first + AT_ONCE;
                eventually(awaited + " are here", PATIENCE, () -> crowd.ask(() -> here(members)) == awaited);
            }
            var letIn = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(figures.chat.getConnections()).isEqualTo(sockets);
            var said = System.nanoTime();
            crowd.tell(() -> {
                for (int i = 0; i < members.size(); i += IN_A_ROOM) {
                    members.get(i).say("hello " + i);
                }
            });
            eventually("all have heard", PATIENCE, () -> crowd.ask(() -> areUpToDate(members)));

            assertThat(crowd.ask(() -> members.stream()
                            .flatMap(member -> member.complaints.stream())
                            .toList()))
                    .isEmpty();
            System.out.printf(
                    "%d sockets on %s: let in within %d ms, all heard within %d ms; %d KiB of heap each, %d threads more%n",
                    sockets,
                    ApplicationServer.current().getClass().getSimpleName(),
                    letIn.toMillis(),
                    Duration.ofNanos(System.nanoTime() - said).toMillis(),
                    (figures.reachableHeap() - empty) / 1024 / sockets,
                    figures.threads() - threads);
            crowd.tell(() -> members.forEach(CrowdMember::cut));
            eventually("all are gone", PATIENCE, () -> figures.chat.getConnections() == 0);
        }
    }

    // The server is a child of the tests and may have as many.
    private static long filesAllowed() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    private static void come(Crowd crowd, ServerProcess server, List<CrowdMember> members) {
        var books = new RoomBook[AT_ONCE / IN_A_ROOM];
        for (int i = 0; i < books.length; i++) {
            books[i] = new RoomBook();
        }
        for (int i = 0; i < AT_ONCE; i++) {
            var number = members.size();
            var member = new CrowdMember(
                    crowd,
                    server::address,
                    "room-" + number / IN_A_ROOM,
                    "member" + number,
                    books[i / IN_A_ROOM],
                    Link.Options.NONE);
            members.add(member);
            member.connect();
        }
    }

    private static int here(List<CrowdMember> members) {
        return (int) members.stream().filter(CrowdMember::isHere).count();
    }

    private static boolean areUpToDate(List<CrowdMember> members) {
        return members.stream().allMatch(CrowdMember::isUpToDate);
    }
}
