package org.parlour.browser;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A page of another origin with Parlour's component in it, under a policy as strict as Parlour's own. */
final class EmbeddingPage implements AutoCloseable {

    /** Its origin has to be named when Parlour's server starts. */
    static final int PORT = 18_473;

    private final HttpServer server;

    EmbeddingPage(URI parlour, String body) throws IOException {
        var origin = parlour.toString().replaceFirst("/$", "");
        var policy = "default-src 'none'; script-src " + origin + "; style-src 'self'; connect-src " + origin + " "
                + origin.replaceFirst("http", "ws") + "; require-trusted-types-for 'script'; trusted-types lit-html";
        var page = ("<!DOCTYPE html><html lang=\"en\"><title>Shop</title><script type=\"module\" src=\"" + origin
                        + "/assets/chat-room.js\"></script><main><h1>A shop</h1>" + body + "</main></html>")
                .getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT), 0);
        server.createContext("/", exchange -> {
            var there = exchange.getRequestURI().getPath().equals("/");
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.getResponseHeaders().set("Content-Security-Policy", policy);
            exchange.sendResponseHeaders(there ? 200 : 204, there ? page.length : -1);
            if (there) {
                exchange.getResponseBody().write(page);
            }
            exchange.close();
        });
        server.start();
    }

    String address() {
        return "http://localhost:" + PORT + "/";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
