package org.parlour.protocol;

import java.util.Optional;

/** A whole text frame from a client: JSON, a command, or simply something to say. */
public final class TextFrame {

    private TextFrame() {}

    /**
     * Whether the frame has to be read as a JSON message. In the simple faces a person may type "{shrug}"; but what begins like an
     * object with a key is a client's message, and if it is broken, showing it to the room would be worse than refusing it.
     */
    public static boolean isJson(String text, Face face) {
        var trimmed = text.stripLeading();
        if (!trimmed.startsWith("{")) {
            return false;
        }
        var rest = trimmed.substring(1).stripLeading();
        return face == Face.FULL || rest.startsWith("\"") || rest.startsWith("}");
    }

    /**
     * What a frame that is not JSON asks for; nothing if it is blank.
     *
     * @throws Refusal if it is a command that cannot be understood, or cannot be stored
     */
    public static Optional<ClientMessage> read(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        var line = withoutLineEnd(text);
        StorableText.require(line, "content");
        if (line.startsWith("//")) {
            return Optional.of(new ClientMessage.Say(null, null, line.substring(1), null, null));
        }
        if (line.startsWith("/")) {
            return Optional.of(SlashCommands.parse(line));
        }
        return Optional.of(new ClientMessage.Say(null, null, line, null, null));
    }

    // Command line clients send the line with its end.
    private static String withoutLineEnd(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }
}
