package org.parlour.protocol;

/**
 * Text that comes back from the database as it went in. PostgreSQL refuses a whole batch for one U+0000, and its driver
 * replaces an unpaired surrogate.
 */
final class StorableText {

    private StorableText() {}

    /** @throws Refusal CONTENT_REJECTED */
    static void require(String text, String field) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new Refusal(ErrorCode.CONTENT_REJECTED, "U+0000 cannot be stored.", field);
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new Refusal(ErrorCode.CONTENT_REJECTED, "An unpaired surrogate cannot be stored.", field);
            }
        }
    }
}
