package org.parlour.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.parlour.config.ChatConfig;
import org.parlour.limits.Attempts;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.Refusal;

/** How much one may say over HTTP: as much as over its sockets, counted apart from them. */
@ApplicationScoped
public class PostLimits {

    private Attempts users;
    private Attempts addresses;
    private ChatMetrics metrics;

    /** For the container. */
    protected PostLimits() {}

    @Inject
    PostLimits(ChatConfig config, ChatMetrics metrics) {
        this.users = new Attempts(config.admission().user().messages());
        this.addresses = new Attempts(config.admission().address().messages());
        this.metrics = metrics;
    }

    /** @throws Refusal RATE_LIMITED */
    void post(String user, String address) {
        var wait = Math.max(users.take(user), addresses.take(address));
        if (wait > 0) {
            metrics.rateLimited();
            throw Refusal.rateLimited("You are sending too fast. Please wait.", wait);
        }
    }
}
