package org.parlour.it;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A named member of a room in a {@link Crowd}, as the protocol wants it: every seq once and in steps of one, across reconnects, and
 * what is not acknowledged is said again. It complains about whatever is otherwise. On the crowd's thread.
 */
final class CrowdMember implements Link.Ear {

    private record Said(String content, long at) {}

    private static final String HELLO = "hello";

    private final Crowd crowd;
    private final Supplier<URI> address;
    private final String room;
    private final String name;
    private final RoomBook book;
    private final Link.Options options;
    private final Map<String, Said> unacknowledged = new LinkedHashMap<>();

    final List<String> complaints = new ArrayList<>();

    /** How often it was told to try again, or not to. */
    int refusals;

    /** How long its messages take to it, and those of others; null while nobody measures. */
    Latencies latencies;

    /** How long it waits before it comes back; null if it stays away. */
    Supplier<Duration> comesBackAfter;

    private Link link;
    private boolean welcome;
    private int endedWith;
    private String token;
    private String epoch;
    private long last = -1;
    private int counter;

    CrowdMember(Crowd crowd, Supplier<URI> address, String room, String name, RoomBook book, Link.Options options) {
        this.crowd = crowd;
        this.address = address;
        this.room = room;
        this.name = name;
        this.book = book;
        this.options = options;
    }

    void connect() {
        welcome = false;
        try {
            link = new Link(crowd, address.get(), room, options, this);
        } catch (IOException failure) {
            ended(Link.BROKEN);
        }
    }

    /** Its connection breaks; the server is not told. */
    void cut() {
        link.cut();
        ended(Link.BROKEN);
    }

    void stopReading() {
        link.stopReading();
    }

    void readAgain() {
        link.readAgain();
    }

    /** Says something, now or when it is back, until it is acknowledged. */
    void say(String content) {
        var nonce = name + "-" + counter++;
        unacknowledged.put(nonce, new Said(content, System.nanoTime()));
        if (welcome) {
            send(nonce, content);
        }
    }

    private void send(String nonce, String content) {
        link.say("{\"type\":\"Message\",\"nonce\":\"" + nonce + "\",\"ref\":\"" + nonce + "\",\"content\":\"" + content
                + "\"}");
    }

    boolean isHere() {
        return welcome;
    }

    /** Whether it has heard everything that anybody has heard, and nothing that it said is still open. */
    boolean isUpToDate() {
        return welcome && last == book.newest() && unacknowledged.isEmpty();
    }

    /** The code that its last connection ended with; 0 if none has. */
    int endedWith() {
        return endedWith;
    }

    @Override
    public void open() {
        var known = last < 0 ? "" : ",\"since\":" + last + ",\"token\":\"" + token + "\"";
        // The first one in a room comes before there is a log that could have an epoch.
        known += epoch == null ? "" : ",\"epoch\":\"" + epoch + "\"";
        link.say("{\"type\":\"Hello\",\"ref\":\"" + HELLO + "\",\"historyLimit\":0,\"username\":\"" + name + "\""
                + known + "}");
    }

    @Override
    public void text(String frame) {
        take(ChatClient.json(frame));
    }

    @Override
    public void ended(int code) {
        welcome = false;
        endedWith = code;
        if (comesBackAfter != null) {
            crowd.later(comesBackAfter.get(), this::connect);
        }
    }

    private void take(JsonObject message) {
        // Whoever is slow to say Hello is welcomed without it first; all that is void with the right Welcome.
        if (!welcome && !HELLO.equals(message.getString("ref", null))) {
            return;
        }
        switch (message.getString("type")) {
            case "Welcome" -> welcome(message);
            case "Batch" -> message.getJsonArray("events").forEach(event -> take(event.asJsonObject()));
            case "Error" -> refused(message);
            case "Ack" -> acknowledged(message);
            default -> {
                if (message.containsKey("seq")) {
                    heard(message);
                }
            }
        }
    }

    private void welcome(JsonObject message) {
        if (last >= 0 && !message.getBoolean("recovered")) {
            complaints.add(name + " was not recovered after " + last + ": " + message);
        }
        if (!message.containsKey("username")) {
            complaints.add(name + " has no name: " + message);
        }
        if (last < 0) {
            last = message.getJsonNumber("head").longValue();
        }
        token = message.getString("token");
        epoch = message.getString("epoch", epoch);
        welcome = true;
        unacknowledged.forEach((nonce, said) -> send(nonce, said.content()));
    }

    private void refused(JsonObject error) {
        refusals++;
        if (!error.getBoolean("retryable")) {
            complaints.add(name + " was refused: " + error);
        } else if (!welcome) {
            cut();
        } else {
            var nonce = error.getString("ref");
            crowd.later(Duration.ofMillis(error.getInt("retryAfterMs", 200)), () -> sayAgain(nonce));
        }
    }

    private void sayAgain(String nonce) {
        var said = unacknowledged.get(nonce);
        if (welcome && said != null) {
            send(nonce, said.content());
        }
    }

    private void acknowledged(JsonObject ack) {
        var said = unacknowledged.remove(ack.getString("nonce"));
        var seq = ack.getJsonNumber("seq").longValue();
        if (said == null) {
            complaints.add(name + " was told twice: " + ack);
            return;
        }
        if (latencies != null) {
            latencies.acknowledged(said.at());
        }
        if (!ack.getBoolean("duplicate") && seq > last) {
            step(seq, "NewMessage " + said.content());
        }
    }

    private void heard(JsonObject event) {
        var content = event.getString("content", event.getString("username"));
        step(event.getJsonNumber("seq").longValue(), event.getString("type") + " " + content);
        // What it said before its connection broke comes back to it as an event; the Ack is still to come.
        if (latencies != null && !event.containsKey("nonce")) {
            latencies.delivered(content);
        }
    }

    private void step(long seq, String event) {
        if (seq != last + 1) {
            complaints.add(name + " was told " + seq + " after " + last);
        }
        last = seq;
        book.hold(name, seq, event);
    }

    @Override
    public String toString() {
        return name;
    }
}
