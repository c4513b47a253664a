package org.parlour.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.parlour.storage.DatabaseHealth;

/**
 * The same as {@link HealthResource} for servers with MicroProfile Health, which ask for it at their own address. Where that is missing
 * these classes cannot be loaded, are therefore no beans, and nobody misses them; so nothing else may refer to them.
 */
final class MicroProfileHealth {

    private static final String NAME = "parlour";

    private MicroProfileHealth() {}

    @Liveness
    @ApplicationScoped
    public static class Live implements HealthCheck {

        @Override
        public HealthCheckResponse call() {
            return HealthCheckResponse.up(NAME);
        }
    }

    @Readiness
    @ApplicationScoped
    public static class Ready implements HealthCheck {

        @Inject
        private DatabaseHealth database;

        @Override
        public HealthCheckResponse call() {
            return HealthCheckResponse.named(NAME).status(database.isReady()).build();
        }
    }
}
