package org.parlour.socket;

import jakarta.inject.Inject;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;
import org.parlour.limits.Addresses;

/**
 * Notes where a handshake comes from, for WebSocket does not tell. A handshake is an HTTP request, and {@link Handshake} takes the note
 * on the thread that handles it, between the two calls of this listener.
 */
@WebListener
public class ClientAddressListener implements ServletRequestListener {

    private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

    @Inject
    private Addresses addresses;

    /** Where the request comes from that this thread is handling; null if it is no handshake. */
    static String current() {
        return CURRENT.get();
    }

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        if (event.getServletRequest() instanceof HttpServletRequest request && request.getHeader("Upgrade") != null) {
            CURRENT.set(addresses.of(request));
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        CURRENT.remove();
    }
}
