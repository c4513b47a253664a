package org.parlour.it;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A client as the protocol wants it: sends one message after the other, each until it is acknowledged, comes back after every
 * break and goes on where it was. It writes down what it was told and complains about every step that is not one.
 */
final class FaultClient implements Runnable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long REST_MILLIS = 100;
    private static final String HELLO = "hello";

    /** An event of the room as this client saw it; content is null for its own acknowledgements. */
    record Seen(long seq, String kind, String content) {}

    /** What the server has promised. */
    record Acked(long seq, String content) {}

    private final Supplier<URI> address;
    private final String room;
    private final String name;

    final List<Seen> stream = new ArrayList<>();
    final Map<String, Acked> acked = new LinkedHashMap<>();
    final List<String> complaints = new ArrayList<>();
    volatile int reconnects;
    volatile String connection;
    volatile long ackedAt;
    private volatile boolean talking = true;

    private String userId;
    private String token;
    private String epoch;
    private long last = -1;
    private int counter;

    FaultClient(Supplier<URI> address, String room, String name) {
        this.address = address;
        this.room = room;
        this.name = name;
    }

    /** From now on says nothing new; ends when all it has said is acknowledged. */
    void finish() {
        talking = false;
    }

    @Override
    public void run() {
        String nonce = null;
        String content = null;
        while (talking || nonce != null) {
            try (var session = new Session()) {
                if (!session.hello()) {
                    continue;
                }
                reconnects++;
                while (talking || nonce != null) {
                    if (nonce == null) {
                        nonce = name + "-" + counter++;
                        content = "said by " + name + " as number " + counter;
                    }
                    if (!session.say(nonce, content)) {
                        break;
                    }
                    if (acked.containsKey(nonce)) {
                        nonce = null;
                    }
                }
            } catch (RuntimeException | InterruptedException broken) {
                // It comes back below.
            } finally {
                rest();
            }
        }
    }

    private static void rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** Comes once more and listens until it has seen the event with this seq. */
    void listenUntil(long seq) throws InterruptedException {
        try (var session = new Session()) {
            if (!session.hello()) {
                complaints.add("not welcomed at the end");
            }
            while (last < seq) {
                var message = session.next();
                if (message == null) {
                    complaints.add("at the end stuck at " + last + " of " + seq);
                    return;
                }
                session.take(message);
            }
        }
    }

    /** One connection. */
    private final class Session implements WebSocket.Listener, AutoCloseable {

        private final LinkedBlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();
        private final WebSocket socket;
        private volatile boolean broken;

        Session() {
            var uri = URI.create(address.get().toString().replaceFirst("^http", "ws") + "ws/" + room);
            socket = HTTP.newWebSocketBuilder()
                    .connectTimeout(PATIENCE)
                    .subprotocols("chat.v1.json")
                    .buildAsync(uri, this)
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }

        boolean hello() throws InterruptedException {
            var known = last < 0 ? "" : ",\"since\":" + last + (epoch == null ? "" : ",\"epoch\":\"" + epoch + "\"");
            var who = token == null ? "" : ",\"token\":\"" + token + "\"";
            send("{\"type\":\"Hello\",\"ref\":\"" + HELLO + "\",\"historyLimit\":0,\"username\":\"" + name + "\"" + who
                    + known + "}");
            for (var message = next(); message != null; message = next()) {
                if (message.getString("type").equals("Welcome") && HELLO.equals(message.getString("ref", null))) {
                    welcome(message);
                    return message.containsKey("username");
                }
            }
            return false;
        }

        private void welcome(JsonObject welcome) {
            if (last >= 0 && !welcome.getBoolean("recovered")) {
                complaints.add("not recovered after " + last + ": " + welcome);
            }
            if (userId != null && !userId.equals(welcome.getString("userId"))) {
                complaints.add("became somebody else");
            }
            if (last < 0) {
                last = welcome.getJsonNumber("head").longValue();
            }
            userId = welcome.getString("userId");
            token = welcome.getString("token");
            epoch = welcome.getString("epoch", epoch);
            connection = welcome.getString("connection");
        }

        /** Sends a message and waits for its answer. @return false if the connection is of no use any more */
        boolean say(String nonce, String content) throws InterruptedException {
            send("{\"type\":\"Message\",\"nonce\":\"" + nonce + "\",\"ref\":\"" + nonce + "\",\"content\":\"" + content
                    + "\"}");
            for (var message = next(); message != null; message = next()) {
                take(message);
                if (acked.containsKey(nonce)) {
                    return true;
                }
                if (message.getString("type").equals("Error") && nonce.equals(message.getString("ref", null))) {
                    if (!message.getBoolean("retryable")) {
                        complaints.add("refused for good: " + message);
                    }
                    rest();
                    return true;
                }
            }
            return false;
        }

        JsonObject next() throws InterruptedException {
            var frame = broken && frames.isEmpty() ? null : frames.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return frame == null || frame.isEmpty() ? null : ChatClient.json(frame);
        }

        void take(JsonObject message) {
            if (message.getString("type").equals("Batch")) {
                if (!message.getString("kind").equals("history")) {
                    message.getJsonArray("events").forEach(event -> take(event.asJsonObject()));
                }
                return;
            }
            if (!message.containsKey("seq")) {
                return;
            }
            var seq = message.getJsonNumber("seq").longValue();
            var own = message.getString("type").equals("Ack");
            if (own && message.containsKey("nonce")) {
                promise(message, seq);
            }
            if (own && (message.getBoolean("duplicate") || seq <= last)) {
                return;
            }
            if (seq != last + 1) {
                complaints.add("after " + last + " came " + message);
            }
            last = seq;
            stream.add(new Seen(seq, message.getString("type"), message.getString("content", null)));
        }

        private void promise(JsonObject ack, long seq) {
            var nonce = ack.getString("nonce");
            var number = Integer.parseInt(nonce.substring(nonce.lastIndexOf('-') + 1)) + 1;
            var promise = new Acked(seq, "said by " + name + " as number " + number);
            var earlier = acked.put(nonce, promise);
            if (earlier != null && earlier.seq() != seq) {
                complaints.add("acknowledged as " + earlier.seq() + " and as " + seq);
            }
            ackedAt = System.nanoTime();
        }

        private void send(String text) {
            Confidential.frame(text);
            socket.sendText(text, true)
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                frames.add(partial.toString());
                partial.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            end();
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            end();
        }

        private void end() {
            broken = true;
            frames.add("");
        }

        @Override
        public void close() {
            socket.abort();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
