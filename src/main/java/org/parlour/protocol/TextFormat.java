package org.parlour.protocol;

import java.util.Optional;
import java.util.regex.Pattern;

/** Server messages as the original server's lines, for a person at a terminal. One message is one line, whatever is in it. */
final class TextFormat {

    private static final Pattern LINE_BREAK = Pattern.compile("\\R");
    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9F}\\x{2066}-\\x{2069}\\x{202A}-\\x{202E}&&[^\\t]]");

    private TextFormat() {}

    /** The line without a line end; nothing for what a terminal does not show. */
    static Optional<String> line(ServerMessage message) {
        if (message instanceof ServerMessage.NewMessage said) {
            return Optional.of(
                    said.action() == null
                            ? "[" + said.username() + "] " + harmless(said.content())
                            : "* [" + said.username() + "] " + harmless(said.content()));
        }
        if (message instanceof ServerMessage.PrivateMessage said) {
            // No name has a ">" in it.
            var between = said.isOwn() ? "you -> " + said.to() : said.from() + " -> you";
            return Optional.of((said.action() == null ? "[" : "* [") + between + "] " + harmless(said.content()));
        }
        if (message instanceof ServerMessage.UserJoined joined) {
            return Optional.of("--> " + joined.username() + " joined the room");
        }
        if (message instanceof ServerMessage.UserLeft left) {
            return Optional.of("<-- " + left.username() + " left the room");
        }
        if (message instanceof ServerMessage.Notice notice) {
            return Optional.of(harmless(notice.message()));
        }
        if (message instanceof ServerMessage.Error error) {
            return Optional.of(harmless(error.message()));
        }
        return Optional.empty();
    }

    // A line break inside a message could forge another member's line, an escape sequence could rewrite the screen.
    private static String harmless(String text) {
        var indented = LINE_BREAK.matcher(text).replaceAll("\n    ");
        return CONTROL.matcher(indented).replaceAll(found -> found.group().equals("\n") ? "\n" : "\uFFFD");
    }
}
