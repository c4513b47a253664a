import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says some lines in a room and prints what the server says, until a text appears: java Talk.java URL UNTIL LINE... */
public final class Talk {

    private static final int SECONDS = 30;

    public static void main(String[] arguments) throws Exception {
        var until = arguments[1];
        var found = new CountDownLatch(1);
        var socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("chat.text")
                .buildAsync(URI.create(arguments[0]), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket webSocket, CharSequence line, boolean last) {
                        System.out.println(line);
                        if (line.toString().contains(until)) {
                            found.countDown();
                        }
                        webSocket.request(1);
                        return null;
                    }
                })
                .get(SECONDS, TimeUnit.SECONDS);
        for (int i = 2; i < arguments.length; i++) {
            socket.sendText(arguments[i], true).get(SECONDS, TimeUnit.SECONDS);
        }
        var seen = found.await(SECONDS, TimeUnit.SECONDS);
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(SECONDS, TimeUnit.SECONDS);
        if (!seen) {
            System.err.println("Not seen within " + SECONDS + " s: " + until);
        }
        System.exit(seen ? 0 : 1);
    }
}
