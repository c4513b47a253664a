package org.parlour.socket;

import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.parlour.config.AdmissionConfig;
import org.parlour.config.ChatConfig;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.RoomName;

/**
 * Who may come in, and how much they may ask for: limits for each connection, user and address, and for the server. Safe for any
 * thread. Nothing here waits or has a timer; for a message no lock is taken.
 */
@ApplicationScoped
public class Admission {

    private static final Logger LOG = System.getLogger(Admission.class.getName());

    private AdmissionConfig limits;
    private ChatMetrics metrics;
    private TimeMeter clock;
    private Quota server;
    private Quotas addresses;
    private Quotas users;

    /** For the container. */
    protected Admission() {}

    @Inject
    Admission(ChatConfig config, ChatMetrics metrics) {
        this(config.admission(), metrics, TimeMeter.SYSTEM_NANOTIME);
        if (!limits.isOn()) {
            LOG.log(Level.WARNING, "The admission limits are lifted: anybody may flood this server");
        }
    }

    Admission(AdmissionConfig limits, ChatMetrics metrics, TimeMeter clock) {
        this.limits = limits;
        this.metrics = metrics;
        this.clock = clock;
        this.server = new Quota(limits.server(), clock);
        this.addresses = new Quotas(limits.address(), server::connections, clock);
        this.users = new Quotas(limits.user(), server::connections, clock);
    }

    /**
     * Counts a new connection, without a name so far, and its place in the room of its path.
     *
     * @param address where it comes from ({@link Handshake#addressOf})
     * @return the pass, to be {@link Pass#close closed} with the connection
     * @throws NoEntry what to tell it before it is closed; nothing was counted
     */
    Pass enter(String address, RoomName room) throws NoEntry {
        try {
            return counted(address, room);
        } catch (NoEntry refused) {
            metrics.turnedAway();
            throw refused;
        }
    }

    private Pass counted(String address, RoomName room) throws NoEntry {
        if (!server.connect()) {
            throw NoEntry.serverIsFull();
        }
        var its = addresses.connect(address).orElse(null);
        if (its == null) {
            server.disconnect();
            throw NoEntry.tooManyConnections("Too many connections are open from your address.");
        }
        try {
            requireRoom(its);
        } catch (NoEntry refused) {
            its.disconnect();
            server.disconnect();
            throw refused;
        }
        return new Pass(limits, room, its, server, users, metrics, clock);
    }

    private void requireRoom(Quota address) throws NoEntry {
        if (!address.joins().take()) {
            throw NoEntry.tooFast();
        }
        if (!server.joins().take()) {
            throw NoEntry.serverIsFull();
        }
        if (!address.connectUnnamed()) {
            throw NoEntry.tooManyConnections("Too many connections from your address have no name.");
        }
        if (!server.connectUnnamed()) {
            address.oneUnnamedLess();
            throw NoEntry.serverIsFull();
        }
    }

    /** Gives back the memory that users and addresses take that are gone. To be called now and then. */
    void tidy() {
        addresses.forgetRested();
        users.forgetRested();
    }

    /** How many users and addresses are remembered now. */
    int remembered() {
        return addresses.size() + users.size();
    }
}
