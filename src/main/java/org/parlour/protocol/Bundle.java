package org.parlour.protocol;

import java.util.List;

/**
 * Messages that happened together, on their way to any number of members. The frame of the full face is joined when the first
 * member is served, from JSON that each message has been rendered to once. Safe for any thread.
 */
public final class Bundle {

    private static final String HEAD = "{\"type\":\"Batch\",\"kind\":\"live\",\"events\":[";
    private static final String TAIL = "]}";

    private final List<Outgoing> parts;
    private final boolean ephemeral;
    private volatile String frame;
    private volatile int length;

    private Bundle(List<Outgoing> parts, boolean ephemeral) {
        this.parts = parts;
        this.ephemeral = ephemeral;
    }

    /** @param parts at least one, each rendered as exactly one frame in the full face */
    public static Bundle of(List<Outgoing> parts) {
        return new Bundle(List.copyOf(parts), false);
    }

    /** One whose loss nobody notices: it goes first when a member does not keep up. */
    public static Bundle ephemeral(List<Outgoing> parts) {
        return new Bundle(List.copyOf(parts), true);
    }

    /** Everything that is in these bundles, in one. */
    public static Bundle joined(List<Bundle> bundles) {
        return new Bundle(
                bundles.stream().flatMap(bundle -> bundle.parts.stream()).toList(), false);
    }

    public List<Outgoing> parts() {
        return parts;
    }

    public boolean isEphemeral() {
        return ephemeral;
    }

    /** How long the frame of the full face is, in UTF-16 units, or a little less. */
    public int length() {
        if (length == 0) {
            int sum = 0;
            for (var part : parts) {
                sum += json(part).length();
            }
            length = sum;
        }
        return length;
    }

    /** The frame of the full face: the message itself, or a live {@code Batch} if there are several. */
    public String frame() {
        if (frame == null) {
            frame = parts.size() == 1 ? json(parts.get(0)) : join();
        }
        return frame;
    }

    private String join() {
        var joined = new StringBuilder(HEAD.length() + length() + parts.size() + TAIL.length()).append(HEAD);
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) {
                joined.append(',');
            }
            joined.append(json(parts.get(i)));
        }
        return joined.append(TAIL).toString();
    }

    private static String json(Outgoing part) {
        return part.frames(Face.FULL).get(0);
    }
}
