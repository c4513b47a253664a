package org.parlour.socket;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections that are open. Any thread may enter. */
@ApplicationScoped
public class Connections {

    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Whether further ones are turned away, because the server is stopping. */
    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    void add(Connection connection) {
        open.add(connection);
    }

    void remove(Connection connection) {
        open.remove(connection);
    }

    /** Those that are open now; others may come and go while it is read. */
    Set<Connection> all() {
        return open;
    }
}
