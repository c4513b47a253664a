package org.parlour.socket;

import jakarta.inject.Inject;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.parlour.config.ChatConfig;

/**
 * Notes where a handshake comes from, for WebSocket does not tell. A handshake is an HTTP request, and {@link Handshake} takes the note
 * on the thread that handles it, between the two calls of this listener.
 */
@WebListener
public class ClientAddressListener implements ServletRequestListener {

    private static final Logger LOG = System.getLogger(ClientAddressListener.class.getName());

    private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

    private final AtomicBoolean warned = new AtomicBoolean();

    @Inject
    private ChatConfig config;

    /** Where the request comes from that this thread is handling; null if it is no handshake. */
    static String current() {
        return CURRENT.get();
    }

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        if (event.getServletRequest() instanceof HttpServletRequest request && request.getHeader("Upgrade") != null) {
            CURRENT.set(addressOf(request));
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        CURRENT.remove();
    }

    private String addressOf(HttpServletRequest request) {
        var peer = request.getRemoteAddr();
        var trusted = config.admission().trustedProxies();
        var headers = request.getHeaders("X-Forwarded-For");
        List<String> forwarded = headers == null ? List.of() : Collections.list(headers);
        if (!forwarded.isEmpty() && !ClientAddress.isTrusted(peer, trusted) && warned.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    () -> "X-Forwarded-For is ignored, for parlour.trusted-proxies does not name " + peer
                            + "; if that is your proxy, all its clients count as one address");
        }
        return ClientAddress.of(peer, forwarded, trusted);
    }
}
