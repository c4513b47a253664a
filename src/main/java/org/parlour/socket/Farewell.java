package org.parlour.socket;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.parlour.history.LogWriter;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.ServerMessage;
import org.parlour.room.RoomManager;

/**
 * The end of the application, while its sockets, threads and database are still there: what was taken is stored and acknowledged,
 * everybody is told when to come back, the leaves are stored. A filter, because filters end before everything else (Jakarta Servlet
 * 6.0, {@code ServletContextListener.contextDestroyed}); as such it turns away who comes meanwhile.
 */
@WebFilter(urlPatterns = "/ws/*", asyncSupported = true)
public class Farewell extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = System.getLogger(Farewell.class.getName());

    private static final Duration STORING = Duration.ofSeconds(5);
    private static final Duration SENDING = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(10);

    /** Nobody comes back while the server is still stopping, and a thousand do not come back at once. */
    private static final long FIRST_RETURN_MILLIS = 1_000;

    private static final long LEAST_SPREAD_MILLIS = 1_000;
    private static final long SPREAD_MILLIS_EACH = 2;

    @Inject
    private transient Connections connections;

    @Inject
    private transient LogWriter writer;

    @Inject
    private transient RoomManager rooms;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (connections.isClosed()) {
            response.setHeader("Retry-After", "2");
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } else {
            chain.doFilter(request, response);
        }
    }

    @Override
    public void destroy() {
        try {
            sayGoodbye();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "The server stops without a farewell", failure);
        }
    }

    private void sayGoodbye() throws InterruptedException {
        connections.close();
        connections.all().forEach(Connection::stopListening);
        writer.awaitAll(STORING);
        await(SENDING, () -> rooms.isCalm());
        announce();
        rooms.leaveAll();
        writer.awaitAll(STORING);
        await(SENDING, () -> connections.all().stream().allMatch(Connection::isIdle));
        connections.all().forEach(connection -> connection.close(CloseCode.GOING_AWAY));
    }

    private void announce() {
        var spread = Math.max(
                LEAST_SPREAD_MILLIS, SPREAD_MILLIS_EACH * connections.all().size());
        for (var connection : connections.all()) {
            var after = FIRST_RETURN_MILLIS + ThreadLocalRandom.current().nextLong(spread);
            connection.answer(new Outgoing(new ServerMessage.GoingAway("restart", after)));
        }
    }

    private static void await(Duration patience, BooleanSupplier condition) throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
    }
}
