package org.parlour.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The log of the server that Arquillian runs. */
final class ServerLog {

    private ServerLog() {}

    private static Path file() {
        return Path.of(System.getProperty(ApplicationServer.ARQUILLIAN_LOG));
    }

    /** In bytes. */
    static long length() {
        return file().toFile().length();
    }

    /** What has been logged since it had this length. */
    static String since(long length) throws IOException {
        var bytes = Files.readAllBytes(file());
        return new String(bytes, (int) length, bytes.length - (int) length, StandardCharsets.UTF_8);
    }
}
