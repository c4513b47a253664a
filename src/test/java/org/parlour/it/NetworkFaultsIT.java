package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.parlour.it.FaultLoad.Fault;

/** What was acknowledged is never lost, doubled or reordered, whatever the network does between the clients and the server. */
class NetworkFaultsIT {

    /** Longer than a client waits for an answer: it is back on another connection while the server still holds the first. */
    private static final long LONG_SECONDS = 7;

    private static final long SHORT_SECONDS = 2;

    private final ControlledPostgres postgres = new ControlledPostgres();
    private final ServerProcess server = new ServerProcess("network", postgres);
    private final TroubledNetwork network = new TroubledNetwork(server::address);

    NetworkFaultsIT() throws Exception {}

    private void hiccup() throws Exception {
        stall(SHORT_SECONDS);
    }

    private void longStall() throws Exception {
        stall(LONG_SECONDS);
    }

    private void stall(long seconds) throws Exception {
        network.stall();
        TimeUnit.SECONDS.sleep(seconds);
        network.clear();
    }

    private void crawl() throws Exception {
        network.crawl();
        TimeUnit.SECONDS.sleep(SHORT_SECONDS);
        network.clear();
    }

    private void cutWhileItCrawls() throws Exception {
        network.crawl();
        TimeUnit.MILLISECONDS.sleep(500);
        network.cut();
        network.clear();
    }

    private List<Fault> faults() {
        return List.of(
                network::cut,
                this::hiccup,
                network::loseClients,
                this::crawl,
                this::cutWhileItCrawls,
                network::loseServer,
                this::longStall);
    }

    @Test
    void nothingIsLostOrDoubledWhateverTheNetworkDoes() throws Exception {
        bear(faults());
    }

    @Test
    @Tag("faults")
    void fiftyTroublesOfTheNetwork() throws Exception {
        var all = faults();
        bear(IntStream.range(0, 50).mapToObj(i -> all.get(i % all.size())).toList());
    }

    private void bear(List<Fault> faults) throws Exception {
        try (postgres;
                server;
                network) {
            postgres.start();
            server.start();
            var load = new FaultLoad(network::address, "network", postgres.url());
            load.bear(faults);
            assertThat(load.connections()).as("the network was troubled").isGreaterThan(2 * faults.size());
        }
    }
}
