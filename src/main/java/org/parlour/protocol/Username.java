package org.parlour.protocol;

import java.text.Normalizer;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The name a member goes by: 1..32 code points in NFC, letters (with their marks), digits, {@code - _ .} and single inner
 * spaces. Control, bidirectional and zero-width characters are none of these, so a name can neither forge a line nor hide.
 */
public record Username(String value) {

    /** In code points. */
    public static final int MAX_LENGTH = 32;

    private static final Set<String> RESERVED = Stream.of("anonymous", "admin", "system", "server")
            .flatMap(name -> Looks.of(name).stream())
            .collect(Collectors.toUnmodifiableSet());

    public Username {
        NameCharacters.requireShort(value, MAX_LENGTH, ErrorCode.USERNAME_INVALID, "username");
        value = Normalizer.normalize(value, Normalizer.Form.NFC);
        var length = value.codePointCount(0, value.length());
        if (length < 1 || length > MAX_LENGTH) {
            throw invalid("A username has 1 to " + MAX_LENGTH + " characters.");
        }
        if (!value.codePoints().allMatch(Username::isAllowed) || !value.equals(value.strip()) || value.contains("  ")) {
            throw invalid("A username consists of letters, digits, - _ . and single inner spaces.");
        }
        if (value.codePoints().noneMatch(Character::isLetterOrDigit) || NameCharacters.isMark(value.codePointAt(0))) {
            throw invalid("A username has at least one letter or digit and does not begin with a combining mark.");
        }
        if (!Collections.disjoint(Looks.of(value), RESERVED)) {
            throw new Refusal(ErrorCode.USERNAME_TAKEN, "This username is reserved.", "username");
        }
    }

    /** What the name looks like: two names that share a look cannot be told apart by eye. Case does not count. */
    public Set<String> looks() {
        return Looks.of(value);
    }

    private static boolean isAllowed(int codePoint) {
        return NameCharacters.isLetterDigitOrMark(codePoint) || "-_. ".indexOf(codePoint) >= 0;
    }

    private static Refusal invalid(String message) {
        return new Refusal(ErrorCode.USERNAME_INVALID, message, "username");
    }

    @Override
    public String toString() {
        return value;
    }
}
