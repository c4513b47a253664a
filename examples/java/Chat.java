import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * A chat in a terminal, with nothing but the JDK (17 or newer), in the text face: one message is one line.
 *
 * <pre>java Chat.java http://localhost:8080 general ann</pre>
 *
 * Lines are messages; /history, /who, /help and the other commands work; the end of the input leaves. A program that must not lose a
 * message takes the full face (chat.v1.json), with a JSON library, nonces and acks: see docs/protocol.md, and the examples for Node and
 * Python.
 */
public class Chat implements WebSocket.Listener {

    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder line = new StringBuilder();

    public static void main(String[] arguments) throws IOException {
        var server = arguments.length > 0 ? arguments[0] : "http://localhost:8080";
        var room = arguments.length > 1 ? arguments[1] : "general";
        var username = arguments.length > 2 ? arguments[2] : "ann";
        var address = server.replaceFirst("^http", "ws").replaceFirst("/$", "") + "/ws/"
                + URLEncoder.encode(room, StandardCharsets.UTF_8).replace("+", "%20");
        var chat = new Chat();
        try {
            var socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .subprotocols("chat.text")
                    .buildAsync(URI.create(address), chat)
                    .join();
            chat.talk(socket, username);
        } catch (CompletionException failure) {
            System.err.println("No connection: " + failure.getCause().getMessage());
            System.exit(1);
        }
        System.exit(chat.closed.join() == WebSocket.NORMAL_CLOSURE ? 0 : 1);
    }

    private void talk(WebSocket socket, String username) throws IOException {
        // One after the other: a WebSocket of the JDK takes the next text when the last one has left.
        socket.sendText("/user " + username, true).join();
        var input = new BufferedReader(new InputStreamReader(System.in));
        for (var typed = input.readLine(); typed != null && !closed.isDone(); typed = input.readLine()) {
            if (!typed.isBlank()) {
                socket.sendText(typed, true).join();
            }
        }
        if (!closed.isDone()) {
            socket.sendText("/leave", true).join();
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        line.append(part);
        if (last) {
            System.out.println(line);
            line.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
        System.err.println("The connection is lost: " + failure.getMessage());
        closed.complete(1006);
    }
}
