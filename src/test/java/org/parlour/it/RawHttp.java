package org.parlour.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Sends requests as they are written down, right or wrong, and reads all that comes back. */
final class RawHttp {

    private static final int SILENCE_MILLIS = 1_000;
    private static final int MOST_BYTES = 1 << 20;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");
    private static final List<String> UPGRADE = List.of(
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");

    private RawHttp() {}

    /** What came: all of it, also if that is more than one answer. */
    record Answer(String text) {

        /** 0 if the connection was closed without a word. */
        int status() {
            var status = STATUS.matcher(text);
            return status.lookingAt() ? Integer.parseInt(status.group(1)) : 0;
        }

        /** How many answers there are. */
        long count() {
            return STATUS.matcher(text).results().map(MatchResult::group).count();
        }

        String head() {
            var end = text.indexOf("\r\n\r\n");
            return end < 0 ? text : text.substring(0, end);
        }

        String body() {
            return text.substring(Math.min(text.length(), head().length() + 4));
        }

        boolean hasHeader(String name) {
            return header(name).isPresent();
        }

        Optional<String> header(String name) {
            return head().lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }

        // A WebSocket that is turned away is told why, and waits for our goodbye.
        private boolean isWhole() {
            return status() == 101
                    ? text.contains("\"type\":\"Error\"")
                    : header("Content-Length")
                            .filter(length -> body().getBytes(StandardCharsets.UTF_8).length >= Long.parseLong(length))
                            .isPresent();
        }
    }

    /** @param headers whole lines */
    static Answer send(URI base, String method, String target, String... headers) throws IOException {
        var lines = new ArrayList<>(List.of(headers));
        lines.add("Connection: close");
        return request(base, method, target, lines);
    }

    /** Asks for a WebSocket. Of one, what the server says at once is read. */
    static Answer upgrade(URI base, String target, String... headers) throws IOException {
        var lines = new ArrayList<>(UPGRADE);
        lines.addAll(List.of(headers));
        return request(base, "GET", target, lines);
    }

    private static Answer request(URI base, String method, String target, List<String> headers) throws IOException {
        var lines = new ArrayList<String>();
        lines.add(method + " " + target + " HTTP/1.1");
        if (headers.stream().noneMatch(line -> line.startsWith("Host:"))) {
            lines.add("Host: " + base.getAuthority());
        }
        lines.addAll(headers);
        return exchange(base, String.join("\r\n", lines) + "\r\n\r\n", Answer::isWhole);
    }

    /** Sends this and nothing else; reads until the server closes or is silent for a while. */
    static Answer exchange(URI base, String request) throws IOException {
        return exchange(base, request, answer -> false);
    }

    private static Answer exchange(URI base, String request, Predicate<Answer> until) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), SILENCE_MILLIS);
            socket.setSoTimeout(SILENCE_MILLIS);
            var text = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                read(socket.getInputStream(), text, until);
            } catch (SocketTimeoutException | SocketException over) {
                // It has hung up on us, or has no more to say.
            }
            return new Answer(text.toString(StandardCharsets.UTF_8));
        }
    }

    private static void read(InputStream in, ByteArrayOutputStream text, Predicate<Answer> until) throws IOException {
        var buffer = new byte[8_192];
        for (var count = in.read(buffer); count >= 0 && text.size() < MOST_BYTES; count = in.read(buffer)) {
            text.write(buffer, 0, count);
            if (until.test(new Answer(text.toString(StandardCharsets.UTF_8)))) {
                return;
            }
        }
    }
}
