package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that begin a handshake and do not go on. */
class SlowHandshakesIT {

    private static final int SLOW = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Test
    void halfAHandshakeHoldsNobodyUpAndNotForEver() throws Exception {
        var slow = new ArrayList<Socket>();
        try (var server = new ServerProcess("slow", "-Dparlour.request-millis=" + PATIENCE.toMillis()).start()) {
            for (int i = 0; i < SLOW; i++) {
                slow.add(begin(server));
            }

            var alice = ChatClient.connect(server.address(), "general").as("alice");
            var bob = ChatClient.connect(server.address(), "general").as("bob");
            alice.send("hello");

            assertThat(bob.nextContent()).isEqualTo("hello");
            assertThat(stillOpen(slow)).isZero();
            assertThat(alice.isOpen()).isTrue();
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    private static Socket begin(ServerProcess server) throws IOException {
        var address = server.address();
        var socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout((int) PATIENCE.multipliedBy(5).toMillis());
        socket.getOutputStream()
                .write("GET /ws/general HTTP/1.1\r\nHost: here\r\nUpgrade: webso".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static long stillOpen(List<Socket> sockets) {
        return sockets.stream().filter(SlowHandshakesIT::isOpen).count();
    }

    private static boolean isOpen(Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                // Whatever the server says before it ends the connection.
            }
            return false;
        } catch (java.net.SocketTimeoutException open) {
            return true;
        } catch (IOException reset) {
            return false;
        }
    }
}
