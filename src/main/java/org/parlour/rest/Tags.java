package org.parlour.rest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What stands for an answer in {@code ETag}: the same bytes, the same tag, on every server.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3">RFC 9110, section 8.8.3</a>
 */
final class Tags {

    /** Of the hash; enough that two answers never share one. */
    private static final int BYTES = 15;

    private static final Pattern TAG = Pattern.compile("\"[^\"]*\"");

    private Tags() {}

    /** With its quotation marks. */
    static String of(byte[] answer) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(answer);
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES)) + '"';
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Whether somebody has this answer already. Weak tags count, for proxies weaken what they compress. Read here, for servers answer
     * what is no tag with 500.
     *
     * @param ifNoneMatch what was sent, or null
     */
    static boolean has(String ifNoneMatch, String tag) {
        return ifNoneMatch != null
                && (ifNoneMatch.strip().equals("*")
                        || TAG.matcher(ifNoneMatch)
                                .results()
                                .anyMatch(one -> one.group().equals(tag)));
    }
}
