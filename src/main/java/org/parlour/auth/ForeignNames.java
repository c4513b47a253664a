package org.parlour.auth;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.Username;

/** Makes usernames of what other systems call people: {@code CORP\ann}, {@code ann@example.org}, {@code uid=ann,ou=people}. */
final class ForeignNames {

    private static final int MOST_READ = 255;
    private static final Pattern NOT_ALLOWED = Pattern.compile("[^\\p{L}\\p{M}\\p{Nd}._ -]+");
    private static final Pattern BLANKS = Pattern.compile(" {2,}");

    private ForeignNames() {}

    /**
     * @param attempt 0 for the name as it is; higher for others, should that one be taken
     * @return nothing if no name can be made of it, or only one that is reserved
     */
    static Optional<Username> username(String called, int attempt) {
        var read = called.length() > MOST_READ ? called.substring(0, MOST_READ) : called;
        var plain = NOT_ALLOWED
                .matcher(Normalizer.normalize(read, Normalizer.Form.NFC))
                .replaceAll("_");
        var suffix = attempt == 0 ? "" : "-" + (attempt + 1);
        var name = cut(BLANKS.matcher(plain).replaceAll(" ").strip(), Username.MAX_LENGTH - suffix.length());
        try {
            return Optional.of(new Username(name + suffix));
        } catch (Refusal notAName) {
            return Optional.empty();
        }
    }

    private static String cut(String name, int length) {
        var codePoints = name.codePointCount(0, name.length());
        return codePoints <= length
                ? name
                : name.substring(0, name.offsetByCodePoints(0, length)).strip();
    }
}
