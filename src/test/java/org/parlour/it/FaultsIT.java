package org.parlour.it;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.parlour.it.FaultLoad.Fault;

/** What was acknowledged is never lost, doubled or reordered, whatever is killed: the real server and the real database under load. */
class FaultsIT {

    private final ControlledPostgres postgres = new ControlledPostgres();
    private final ServerProcess server = new ServerProcess("faults", postgres);

    FaultsIT() throws Exception {}

    private void killServer() throws Exception {
        server.kill();
        server.start();
    }

    private void crashDatabase() throws Exception {
        postgres.crash();
        postgres.start();
    }

    private void restartServer() throws Exception {
        server.stop();
        server.start();
    }

    private void redeploy() throws Exception {
        server.undeploy();
        server.deploy();
    }

    @Test
    void nothingIsLostOrDoubledWhateverIsKilled() throws Exception {
        bear(List.of(this::killServer, this::crashDatabase, this::restartServer, this::crashDatabase, this::redeploy));
    }

    @Test
    @Tag("faults")
    void twentyKillsOfTheServer() throws Exception {
        bear(times(20, this::killServer));
    }

    @Test
    @Tag("faults")
    void tenCrashesOfTheDatabase() throws Exception {
        bear(times(10, this::crashDatabase));
    }

    @Test
    @Tag("faults")
    void tenCrashesOfBothInTurn() throws Exception {
        bear(times(5, () -> {
            killServer();
            crashDatabase();
        }));
    }

    @Test
    @Tag("faults")
    void fiveGracefulRestarts() throws Exception {
        bear(times(5, this::restartServer));
    }

    @Test
    @Tag("faults")
    void fiveRedeployments() throws Exception {
        bear(times(5, this::redeploy));
    }

    private static List<Fault> times(int count, Fault fault) {
        return IntStream.range(0, count).mapToObj(i -> fault).toList();
    }

    private void bear(List<Fault> faults) throws Exception {
        try (postgres;
                server) {
            postgres.start();
            server.start();
            new FaultLoad(server::address, "faults", postgres.url()).bear(faults);
        }
    }
}
