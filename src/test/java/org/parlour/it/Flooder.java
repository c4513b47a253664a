package org.parlour.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.IntFunction;

/** Sends as fast as the socket takes it, reads the answers, and begins anew whenever it is thrown out, as a newcomer. On its crowd's thread. */
final class Flooder implements Link.Ear {

    /** So many frames at once; then the crowd looks what else there is. */
    private static final int GULP = 200;

    private static final Duration BREATH = Duration.ofMillis(1);

    private static final Duration COMES_BACK_AFTER = Duration.ofMillis(100);

    private final Crowd crowd;
    private final URI address;
    private final String room;
    private final String name;
    private final String from;
    private final IntFunction<String> flood;
    private Link link;
    private boolean stopped;

    int sent;
    int thrownOut;

    /** @param flood what it sends, by number */
    Flooder(Crowd crowd, URI address, String room, String name, String from, IntFunction<String> flood) {
        this.crowd = crowd;
        this.address = address;
        this.room = room;
        this.name = name;
        this.from = from;
        this.flood = flood;
    }

    void start() {
        try {
            link = new Link(crowd, address, room, new Link.Options(0, from, true), this);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void stop() {
        stopped = true;
        link.cut();
    }

    @Override
    public void open() {
        link.say("{\"type\":\"Hello\",\"username\":\"" + name + thrownOut + "\"}");
        pour();
    }

    private void pour() {
        for (int i = 0; i < GULP && link.isOpen() && link.hasSentAll(); i++) {
            link.say(flood.apply(sent++));
        }
        if (link.isOpen()) {
            crowd.later(BREATH, this::pour);
        }
    }

    @Override
    public void text(String message) {
        // Whatever it is told, it goes on.
    }

    @Override
    public void ended(int code) {
        thrownOut++;
        if (!stopped) {
            crowd.later(COMES_BACK_AFTER, this::start);
        }
    }
}
