package org.parlour.limits;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.parlour.config.ChatConfig;

/** Where requests come from, behind the proxies that the operator trusts. */
@ApplicationScoped
public class Addresses {

    private static final Logger LOG = System.getLogger(Addresses.class.getName());

    private final AtomicBoolean warned = new AtomicBoolean();

    @Inject
    private ChatConfig config;

    /** An IPv4 address, the /64 of an IPv6 address, or {@link ClientAddress#UNKNOWN}. */
    public String of(HttpServletRequest request) {
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

    /** Whether the client's request came over TLS: to this server, or to a trusted proxy that says so. */
    public boolean secure(HttpServletRequest request) {
        return request.isSecure()
                || ClientAddress.isTrusted(
                                request.getRemoteAddr(), config.admission().trustedProxies())
                        && "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
    }
}
