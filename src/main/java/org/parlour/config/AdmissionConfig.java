package org.parlour.config;

import java.util.List;
import java.util.function.Function;

/**
 * How much one connection, one user, one address and the whole server may do.
 *
 * @param breaches how often a connection may go over the limits before it is closed
 * @param trustedProxies whose {@code X-Forwarded-For} is believed
 */
public record AdmissionConfig(
        Scope connection, Scope user, Scope address, Scope server, Rate breaches, List<Network> trustedProxies) {

    /**
     * The limits of one of the four. What is not limited there is {@link Rate#UNLIMITED} or {@link Integer#MAX_VALUE}.
     *
     * @param messages frames of text, for a connection; for the others requests of every kind but those to enter a room
     * @param joins for a connection and a user, rooms entered; for the others, connections opened too
     * @param connections how many at the same time
     * @param unnamed how many of them without a name
     * @param rooms how many at the same time
     */
    public record Scope(Rate messages, Rate joins, int connections, int unnamed, int rooms) {

        private static final int ANY = Integer.MAX_VALUE;

        static final Scope UNLIMITED = new Scope(Rate.UNLIMITED, Rate.UNLIMITED, ANY, ANY, ANY);
    }

    static AdmissionConfig from(Function<String, String> source) {
        var proxies = Setting.TRUSTED_PROXIES.networks(source);
        if (!Setting.ADMISSION.isOn(source)) {
            return unlimited(proxies);
        }
        var server = Setting.SERVER_MESSAGES_PER_SECOND.number(source);
        return new AdmissionConfig(
                new Scope(
                        Rate.perSecond(
                                Setting.CONNECTION_MESSAGES_PER_SECOND.number(source),
                                Setting.CONNECTION_MESSAGE_BURST.number(source)),
                        Rate.perMinute(Setting.CONNECTION_JOINS_PER_MINUTE.number(source)),
                        Scope.ANY,
                        Scope.ANY,
                        Setting.CONNECTION_ROOMS.number(source)),
                new Scope(
                        Rate.perSecond(
                                Setting.USER_MESSAGES_PER_SECOND.number(source),
                                Setting.USER_MESSAGE_BURST.number(source)),
                        Rate.perMinute(Setting.USER_JOINS_PER_MINUTE.number(source)),
                        Setting.USER_CONNECTIONS.number(source),
                        Scope.ANY,
                        Setting.USER_ROOMS.number(source)),
                new Scope(
                        Rate.perSecond(
                                Setting.ADDRESS_MESSAGES_PER_SECOND.number(source),
                                Setting.ADDRESS_MESSAGE_BURST.number(source)),
                        Rate.perMinute(Setting.ADDRESS_JOINS_PER_MINUTE.number(source)),
                        Setting.ADDRESS_CONNECTIONS.number(source),
                        Setting.ADDRESS_UNNAMED_CONNECTIONS.number(source),
                        Scope.ANY),
                new Scope(
                        Rate.perSecond(server, server),
                        Rate.perMinute(Setting.SERVER_JOINS_PER_MINUTE.number(source)),
                        Setting.SERVER_CONNECTIONS.number(source),
                        Setting.SERVER_UNNAMED_CONNECTIONS.number(source),
                        Scope.ANY),
                Rate.perMinute(Setting.FLOOD_BREACHES.number(source)),
                proxies);
    }

    private static AdmissionConfig unlimited(List<Network> proxies) {
        return new AdmissionConfig(
                Scope.UNLIMITED, Scope.UNLIMITED, Scope.UNLIMITED, Scope.UNLIMITED, Rate.UNLIMITED, proxies);
    }

    /** Whether there is any limit at all. */
    public boolean isOn() {
        return !connection.equals(Scope.UNLIMITED);
    }
}
