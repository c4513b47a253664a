package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.parlour.config.ChatConfig;
import org.parlour.config.MonitoringConfig;
import org.parlour.limits.Addresses;

/** Programs that read the figures and are nobody: known by a token of their own, or by where they come from. */
@ApplicationScoped
public class Scrapers {

    static final String PATH = "/api/v1/metrics";

    private MonitoringConfig config;
    private Addresses addresses;

    /** For the container. */
    protected Scrapers() {}

    @Inject
    Scrapers(ChatConfig config, Addresses addresses) {
        this.config = config.monitoring();
        this.addresses = addresses;
    }

    /** Whether this token, which is none of a person, opens what is asked for. */
    boolean isGood(String token, HttpServletRequest request) {
        var good = config.token().value();
        return !good.isEmpty()
                && request.getRequestURI().equals(request.getContextPath() + PATH)
                && MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), good.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether whoever sends this may read the figures without being somebody. */
    public boolean mayRead(HttpServletRequest request) {
        return Gate.bearerIn(request).filter(token -> isGood(token, request)).isPresent()
                || !config.from().isEmpty() && isFromThere(addresses.of(request));
    }

    private boolean isFromThere(String address) {
        return config.from().stream().anyMatch(network -> network.holds(address));
    }
}
