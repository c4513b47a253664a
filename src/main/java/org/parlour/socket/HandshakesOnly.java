package org.parlour.socket;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import org.parlour.auth.ProblemAnswer;
import org.parlour.protocol.Problem;

/**
 * Lets no upgrade come to the endpoint that is no opening handshake. Servers take more than that for one, and a proxy in front of them less:
 * what is a tunnel to the one and a request to the other can carry requests past the proxy.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-4.2.1">RFC 6455, section 4.2.1</a>
 */
@WebFilter(urlPatterns = "/ws/*", asyncSupported = true)
public class HandshakesOnly extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String VERSION = "13";
    private static final int UPGRADE_REQUIRED = 426;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getHeader("Sec-WebSocket-Key") == null) {
            // Nobody takes this for a handshake. Whether there is such a page, the server knows.
            chain.doFilter(request, response);
        } else if (!request.getMethod().equals("GET")) {
            response.setHeader("Allow", "GET");
            ProblemAnswer.write(Problem.of(HttpServletResponse.SC_METHOD_NOT_ALLOWED), response);
        } else if (!isHandshake(request)) {
            response.setHeader("Upgrade", "websocket");
            response.setHeader("Sec-WebSocket-Version", VERSION);
            ProblemAnswer.write(Problem.of(UPGRADE_REQUIRED), response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isHandshake(HttpServletRequest request) {
        return !request.getProtocol().equals("HTTP/1.0")
                && has(request, "Upgrade", "websocket")
                && has(request, "Connection", "upgrade")
                && has(request, "Sec-WebSocket-Version", VERSION);
    }

    /** Whether the header's values, which may come in several lines or in one, have this among them. */
    private static boolean has(HttpServletRequest request, String header, String wanted) {
        return Collections.list(request.getHeaders(header)).stream()
                .flatMap(values -> Arrays.stream(values.split(",")))
                .anyMatch(value -> value.strip().equalsIgnoreCase(wanted));
    }
}
