package org.parlour.rest;

import java.util.Arrays;
import java.util.Locale;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;

/** The words of an enum as they are written in JSON: in small letters. */
final class Words {

    private Words() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** @throws Refusal BAD_MESSAGE if there is no such word */
    static <E extends Enum<E>> E oneOf(E[] values, String word, String field) {
        return Arrays.stream(values)
                .filter(value -> of(value).equals(word))
                .findFirst()
                .orElseThrow(() -> new Refusal(ErrorCode.BAD_MESSAGE, "There is no such " + field + ".", field));
    }
}
