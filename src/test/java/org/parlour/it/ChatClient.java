package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A WebSocket client as anybody could write it. Every wait ends after {@link #PATIENCE}. */
final class ChatClient implements WebSocket.Listener, AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration QUIET = Duration.ofMillis(400);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final LinkedBlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private volatile String closeReason = "";
    private WebSocket socket;

    private ChatClient() {}

    /** @param base the application's HTTP address, with a slash at the end */
    static ChatClient connect(URI base, String room, String... subprotocols) {
        return connectTo(
                base, "ws/" + URLEncoder.encode(room, StandardCharsets.UTF_8).replace("+", "%20"), subprotocols);
    }

    static ChatClient connectTo(URI base, String path, String... subprotocols) {
        return connectTo(base, path, Map.of(), subprotocols);
    }

    /** One whose handshake carries further headers. */
    static ChatClient connectWith(Map<String, String> headers, URI base, String room, String... subprotocols) {
        return connectTo(base, "ws/" + room, headers, subprotocols);
    }

    private static ChatClient connectTo(URI base, String path, Map<String, String> headers, String... subprotocols) {
        return connectThrough(HTTP, base, path, headers, subprotocols);
    }

    /** One that trusts whom this client trusts: for certificates that nobody else does. */
    static ChatClient connectThrough(
            HttpClient http, URI base, String path, Map<String, String> headers, String... subprotocols) {
        var client = new ChatClient();
        var builder = http.newWebSocketBuilder().connectTimeout(PATIENCE);
        headers.forEach(builder::header);
        headers.forEach(Confidential::header);
        if (subprotocols.length > 0) {
            builder.subprotocols(
                    subprotocols[0],
                    List.of(subprotocols).subList(1, subprotocols.length).toArray(String[]::new));
        }
        var address = URI.create(base.toString().replaceFirst("^http", "ws") + path);
        client.socket = builder.buildAsync(address, client)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        return client;
    }

    /** The status that a handshake with these headers is answered with instead of a connection. */
    static int statusOf(Map<String, String> headers, URI base, String room, String... subprotocols) {
        try (var connected = connectWith(headers, base, room, subprotocols)) {
            return 101;
        } catch (CompletionException refused) {
            assertThat(refused).hasCauseInstanceOf(WebSocketHandshakeException.class);
            return ((WebSocketHandshakeException) refused.getCause())
                    .getResponse()
                    .statusCode();
        }
    }

    /** Sets the name; returns once the server knows it, with the replay of the history, if any, still to be read. */
    ChatClient as(String username) {
        send("/user " + username);
        // Requests are answered in order: the answer to this one says that the name is set.
        send("/who");
        var before = new ArrayList<String>();
        for (var frame = next(); !isAnswerToWho(frame); frame = next()) {
            before.add(frame);
        }
        var after = new ArrayList<String>();
        frames.drainTo(after);
        frames.addAll(before);
        frames.addAll(after);
        return this;
    }

    private static boolean isAnswerToWho(String frame) {
        return frame.contains("\"WHO\"") || frame.contains("\"Presence\"") || frame.matches("\\d+ here: .*");
    }

    void send(String text) {
        Confidential.frame(text);
        socket.sendText(text, true)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    void sendPart(String text, boolean last) {
        Confidential.frame(text);
        socket.sendText(text, last)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    void ping(String payload) {
        socket.sendPing(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)))
                .join();
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    /** The next frame. */
    String next() {
        try {
            var frame = frames.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(frame).as("a frame within %s", PATIENCE).isNotNull();
            return frame;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    JsonObject nextJson() {
        return json(next());
    }

    /** The next frame of this type; others before it are skipped. */
    JsonObject next(String type) {
        return next(message -> message.getString("type").equals(type));
    }

    JsonObject next(Predicate<JsonObject> wanted) {
        var message = nextJson();
        while (!wanted.test(message)) {
            message = nextJson();
        }
        return message;
    }

    /** The content of the next message of somebody else; other events before it are skipped, but not a refusal. */
    String nextContent() {
        var message = next(one -> Set.of("NewMessage", "Error").contains(one.getString("type")));
        assertThat(message.getString("type")).as("%s", message).isEqualTo("NewMessage");
        return message.getString("content");
    }

    /** Everything that is there, and comes until it has been quiet for a while. */
    List<String> drain() {
        var drained = new ArrayList<String>();
        try {
            for (var frame = frames.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
                    frame != null;
                    frame = frames.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS)) {
                drained.add(frame);
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        return drained;
    }

    int closeCode() {
        return closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    String closeReason() {
        closeCode();
        return closeReason;
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    /** Goes without a goodbye. */
    void vanish() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(alreadyClosed -> socket);
    }

    static JsonObject json(String frame) {
        try (var reader = Json.createReader(new StringReader(frame))) {
            return reader.readObject();
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            take(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    // A batch may stand wherever an event could; what is in it is read as if it had come alone.
    private void take(String frame) {
        if (frame.contains("\"token\"") || frame.contains("\"invitation\"")) {
            Confidential.json(frame);
        }
        if (frame.startsWith("{\"type\":\"Batch\",\"kind\":\"live\"")) {
            json(frame).getJsonArray("events").forEach(event -> frames.add(event.toString()));
        } else {
            frames.add(frame);
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeReason = reason;
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.complete(1006);
    }
}
