package org.parlour.protocol;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;

/** What a name may be written with, in any script. */
final class NameCharacters {

    private NameCharacters() {}

    /**
     * Turns down what cannot be a name before it is normalised: that takes quadratic time over a long run of marks.
     *
     * @param max longest name in code points; before normalisation it may have some more
     * @throws Refusal with this code and field
     */
    static void requireShort(String value, int max, ErrorCode code, String field) {
        if (value.length() > 4 * max) {
            throw new Refusal(code, "A name has 1 to " + max + " characters.", field);
        }
    }

    // Marks belong to letters: without them no name could be written in Devanagari, Thai or Hebrew. Some
    // letters and marks are invisible by definition (Hangul fillers, variation selectors): with those, two
    // names could look the same.
    static boolean isLetterDigitOrMark(int codePoint) {
        return (Character.isLetterOrDigit(codePoint) || isMark(codePoint))
                && !UCharacter.hasBinaryProperty(codePoint, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
    }

    static boolean isMark(int codePoint) {
        var type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }
}
