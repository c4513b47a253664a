package org.parlour.it;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A way to a server that can be disturbed: it stalls, crawls, breaks off in the middle of a frame, or loses one end of a connection
 * without telling the other. Two threads for each connection.
 */
final class TroubledNetwork implements AutoCloseable {

    /** Less than a frame, so that a break tears one. */
    private static final int CRAWLING_BYTES = 16;

    private static final int BYTES = 8_192;
    private static final int BACKLOG = 200;
    private static final long CRAWLING_MILLIS = 5;

    private enum State {
        CLEAR,
        STALLED,
        CRAWLING
    }

    private final ServerSocket entrance = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    private final Supplier<URI> server;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private volatile State state = State.CLEAR;

    TroubledNetwork(Supplier<URI> server) throws IOException {
        this.server = server;
        daemon(this::accept, "network");
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + entrance.getLocalPort() + "/");
    }

    /** Nothing gets through any more, and nobody is told. */
    void stall() {
        state = State.STALLED;
    }

    /** Some three kilobytes a second get through, for each connection and direction. */
    void crawl() {
        state = State.CRAWLING;
    }

    void clear() {
        state = State.CLEAR;
    }

    /** Breaks all connections, wherever they are in a frame. */
    void cut() {
        lines.forEach(line -> {
            reset(line.client);
            reset(line.server);
        });
    }

    /** The clients' ends break; the server's stay open, and nothing comes any more. */
    void loseClients() {
        lines.forEach(line -> {
            line.lost = true;
            reset(line.client);
        });
    }

    /** The server's ends break; the clients' stay open, and nothing comes any more. */
    void loseServer() {
        lines.forEach(line -> {
            line.lost = true;
            reset(line.server);
        });
    }

    private void accept() {
        try {
            while (!entrance.isClosed()) {
                connect(entrance.accept());
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void connect(Socket client) {
        try {
            var target = server.get();
            var socket = new Socket();
            socket.connect(new InetSocketAddress(target.getHost(), target.getPort()));
            socket.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            var line = new Line(client, socket);
            lines.add(line);
            daemon(() -> line.carry(client, socket), "network up");
            daemon(() -> line.carry(socket, client), "network down");
        } catch (IOException nobodyThere) {
            reset(client);
        }
    }

    private final class Line {

        private final Socket client;
        private final Socket server;

        /** Whether one end is gone and the other is not to know. */
        private volatile boolean lost;

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void carry(Socket from, Socket to) {
            try {
                pump(from.getInputStream(), to.getOutputStream());
                to.shutdownOutput();
            } catch (IOException | InterruptedException broken) {
                if (!lost) {
                    reset(client);
                    reset(server);
                    lines.remove(this);
                }
            }
        }

        private void pump(InputStream in, OutputStream out) throws IOException, InterruptedException {
            var buffer = new byte[BYTES];
            while (true) {
                while (state == State.STALLED) {
                    TimeUnit.MILLISECONDS.sleep(CRAWLING_MILLIS);
                }
                var crawling = state == State.CRAWLING;
                var read = in.read(buffer, 0, crawling ? CRAWLING_BYTES : BYTES);
                if (read < 0) {
                    return;
                }
                out.write(buffer, 0, read);
                if (crawling) {
                    TimeUnit.MILLISECONDS.sleep(CRAWLING_MILLIS);
                }
            }
        }
    }

    // Without waiting for the other side, as a router does that has forgotten the connection.
    private static void reset(Socket socket) {
        try {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException closed) {
            return;
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(Closeable one) {
        try {
            one.close();
        } catch (IOException closed) {
            // Closed is closed.
        }
    }

    private static void daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        state = State.CLEAR;
        closeQuietly(entrance);
        cut();
    }
}
