package org.parlour.browser;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A page of another origin with Parlour's component in it, under a policy as strict as Parlour's own. */
final class EmbeddingPage implements AutoCloseable {

    /** Its origin has to be named when Parlour's server starts. */
    static final int PORT = 18_473;

    private final HttpServer server;

    EmbeddingPage(URI parlour, String body) throws IOException {
        this(html(parlour, body), Map.of("Content-Security-Policy", policy(parlour)));
    }

    /** With a page of its own in it, in place of the component. */
    EmbeddingPage(Path page) throws IOException {
        this(Files.readString(page), Map.of());
    }

    private EmbeddingPage(String html, Map<String, String> headers) throws IOException {
        var page = html.getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT), 0);
        server.createContext("/", exchange -> {
            var there = exchange.getRequestURI().getPath().equals("/");
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(there ? 200 : 204, there ? page.length : -1);
            if (there) {
                exchange.getResponseBody().write(page);
            }
            exchange.close();
        });
        server.start();
    }

    private static String html(URI parlour, String body) {
        return "<!DOCTYPE html><html lang=\"en\"><title>Shop</title><script type=\"module\" src=\"" + origin(parlour)
                + "/assets/chat-room.js\"></script><main><h1>A shop</h1>" + body + "</main></html>";
    }

    private static String policy(URI parlour) {
        var origin = origin(parlour);
        return "default-src 'none'; script-src " + origin + "; style-src 'self'; connect-src " + origin + " "
                + origin.replaceFirst("http", "ws") + "; require-trusted-types-for 'script'; trusted-types lit-html";
    }

    private static String origin(URI parlour) {
        return parlour.toString().replaceFirst("/$", "");
    }

    String address() {
        return "http://localhost:" + PORT + "/";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
