package org.parlour.socket;

import java.util.regex.Pattern;

/** Finds the {@code ref} of a JSON request without decoding it. */
final class RequestRef {

    private static final String KEY = "\"ref\"";
    private static final Pattern VALUE = Pattern.compile("\"ref\"\\s*:\\s*\"([^\"\\\\\\p{Cntrl}]{1,64})\"");

    private RequestRef() {}

    /**
     * The first {@code ref} that is written plainly; null if there is none. Within a string its quotation marks would have a backslash,
     * so a message that talks about refs is not taken in. Who nests objects or escapes keys may be answered with a wrong ref of its own.
     */
    static String in(String text) {
        var at = text.indexOf(KEY);
        if (at < 0 || !text.stripLeading().startsWith("{")) {
            return null;
        }
        var found = VALUE.matcher(text).region(at, text.length());
        return found.lookingAt() ? found.group(1) : null;
    }
}
