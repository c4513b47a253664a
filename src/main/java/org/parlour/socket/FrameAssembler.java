package org.parlour.socket;

import java.util.Optional;

/**
 * Puts a fragmented text message together and counts while it does: the servers' own limits do not hold for fragments. A message has at
 * most as many bytes as the limit, and as many parts, so that a message of empty ones ends, too. Entered by the connection's reading
 * thread alone.
 */
final class FrameAssembler {

    private final int maxBytes;
    private final StringBuilder text = new StringBuilder();
    private int bytes;
    private int parts;

    FrameAssembler(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * @return the whole message with its last part
     * @throws TooBig past the limit; what was collected so far is forgotten
     */
    Optional<String> add(String part, boolean last) throws TooBig {
        bytes += utf8Length(part);
        parts++;
        if (bytes > maxBytes || parts > maxBytes) {
            text.setLength(0);
            text.trimToSize();
            throw new TooBig();
        }
        if (!last) {
            text.append(part);
            return Optional.empty();
        }
        bytes = 0;
        parts = 0;
        if (text.isEmpty()) {
            return Optional.of(part);
        }
        var whole = text.append(part).toString();
        text.setLength(0);
        return Optional.of(whole);
    }

    // A surrogate pair is 4 bytes of UTF-8: 2 for each half, also when a part ends between them.
    static int utf8Length(String part) {
        int length = 0;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }

    /** The message is longer than allowed. */
    static final class TooBig extends Exception {
        TooBig() {
            super(null, null, false, false);
        }
    }
}
