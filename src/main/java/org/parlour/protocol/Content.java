package org.parlour.protocol;

/** The text of a message: 1..{@code max} code points, not blank, storable. Kept byte for byte, nothing is trimmed. */
public final class Content {

    private Content() {}

    /** @throws Refusal BAD_MESSAGE, CONTENT_EMPTY, CONTENT_TOO_LONG or CONTENT_REJECTED */
    public static String require(String content, int max) {
        if (content == null) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "\"content\" is missing.", "content");
        }
        if (content.isBlank()) {
            throw new Refusal(ErrorCode.CONTENT_EMPTY, "A message is more than white space.", "content");
        }
        if (content.codePointCount(0, content.length()) > max) {
            throw new Refusal(ErrorCode.CONTENT_TOO_LONG, "A message has at most " + max + " characters.", "content");
        }
        StorableText.require(content, "content");
        return content;
    }
}
