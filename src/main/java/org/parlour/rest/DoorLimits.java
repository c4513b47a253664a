package org.parlour.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.parlour.config.ChatConfig;
import org.parlour.limits.Attempts;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.Refusal;

/** How often one address may try to get in. */
@ApplicationScoped
public class DoorLimits {

    private Attempts logins;
    private Attempts registrations;
    private ChatMetrics metrics;

    /** For the container. */
    protected DoorLimits() {}

    @Inject
    DoorLimits(ChatConfig config, ChatMetrics metrics) {
        this.logins = new Attempts(config.auth().logins());
        this.registrations = new Attempts(config.auth().registrations());
        this.metrics = metrics;
    }

    /** @throws Refusal RATE_LIMITED */
    void login(String address) {
        take(logins, address);
    }

    /** @throws Refusal RATE_LIMITED */
    void registration(String address) {
        take(registrations, address);
    }

    private void take(Attempts attempts, String address) {
        var wait = attempts.take(address);
        if (wait > 0) {
            metrics.rateLimited();
            throw Refusal.rateLimited("Too many attempts from your address. Please wait.", wait);
        }
    }
}
