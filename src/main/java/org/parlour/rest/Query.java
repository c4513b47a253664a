package org.parlour.rest;

import java.util.regex.Pattern;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;

/** What stands behind the question mark. Read here, for the server would answer a number that is none with 404. */
final class Query {

    private static final int USUAL_LIMIT = 50;
    private static final int MAX_LIMIT = 200;
    private static final int MAX_LENGTH = 255;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern UNSTORABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

    private Query() {}

    /** How many are wanted: 50 if nothing is said, at most 200. */
    static int limit(String text) {
        var number = number(text, "limit");
        if (number == null) {
            return USUAL_LIMIT;
        }
        if (number < 1) {
            throw bad("\"limit\" counts from 1.", "limit");
        }
        return (int) Math.min(number, MAX_LIMIT);
    }

    /** @return null if nothing is said; @throws Refusal BAD_MESSAGE */
    static Long number(String text, String field) {
        if (text == null) {
            return null;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw bad("\"" + field + "\" is a whole number.", field);
        }
        return Long.valueOf(text);
    }

    /** @return null if nothing is said; @throws Refusal BAD_MESSAGE if it cannot stand in the database */
    static String text(String text, String field) {
        if (text != null
                && (text.length() > MAX_LENGTH || UNSTORABLE.matcher(text).find())) {
            throw bad("\"" + field + "\" is nothing that there could be.", field);
        }
        return text;
    }

    private static Refusal bad(String message, String field) {
        return new Refusal(ErrorCode.BAD_MESSAGE, message, field);
    }
}
