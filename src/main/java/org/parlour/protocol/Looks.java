package org.parlour.protocol;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.SpoofChecker;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a text looks like, whatever its case and alphabet.
 *
 * @see <a href="https://www.unicode.org/reports/tr39/#Confusable_Detection">Unicode Technical Standard 39, section 4</a>
 */
public final class Looks {

    private static final SpoofChecker CONFUSABLES = new SpoofChecker.Builder().build();

    private Looks() {}

    /** The looks in small letters, in capitals and as it is written: two texts that share one cannot be told apart by eye. Any thread. */
    // A capital may look like another letter than its small form does: Greek Mu like M, but mu not like m; I like l,
    // but i not.
    public static Set<String> of(String value) {
        var plain = plain(value);
        return Stream.of(plain, folded(plain), UCharacter.toUpperCase(Locale.ROOT, plain))
                .map(written -> folded(skeleton(folded(skeleton(written)))))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String skeleton(String value) {
        return CONFUSABLES.getSkeleton(value);
    }

    // The table of confusables leaves out most full-width letters and folding leaves mathematical capitals alone.
    private static String plain(String value) {
        return Normalizer.normalize(value, Normalizer.Form.NFKC);
    }

    private static String folded(String value) {
        return UCharacter.foldCase(value, true);
    }
}
