package org.parlour.protocol;

import java.text.Normalizer;

/**
 * The name of a room: 1..64 code points in NFC, letters (with their marks), digits, inner spaces and {@code . _ : -}.
 * Case-sensitive. Never {@code .} or {@code ..}, so that a name is one harmless path segment everywhere.
 */
public record RoomName(String value) {

    static final int MAX_LENGTH = 64;

    public RoomName {
        NameCharacters.requireShort(value, MAX_LENGTH, ErrorCode.ROOM_NAME_INVALID, "room");
        value = Normalizer.normalize(value, Normalizer.Form.NFC);
        var length = value.codePointCount(0, value.length());
        if (length < 1 || length > MAX_LENGTH) {
            throw invalid("A room name has 1 to " + MAX_LENGTH + " characters.");
        }
        if (!value.codePoints().allMatch(RoomName::isAllowed) || !value.equals(value.strip()) || isPathTrick(value)) {
            throw invalid("A room name consists of letters, digits, inner spaces and . _ : -");
        }
        if (NameCharacters.isMark(value.codePointAt(0))) {
            throw invalid("A room name does not begin with a combining mark.");
        }
    }

    private static boolean isAllowed(int codePoint) {
        return NameCharacters.isLetterDigitOrMark(codePoint) || " ._:-".indexOf(codePoint) >= 0;
    }

    private static boolean isPathTrick(String value) {
        return value.equals(".") || value.equals("..");
    }

    private static Refusal invalid(String message) {
        return new Refusal(ErrorCode.ROOM_NAME_INVALID, message, "room");
    }

    @Override
    public String toString() {
        return value;
    }
}
