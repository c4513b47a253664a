package org.parlour.protocol;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A server message on its way to any number of members: rendered for each face when the first member with it is served, not for
 * each member. Safe for any thread; threads that ask for the same face at the same moment may each render it.
 */
public final class Outgoing {

    private final ServerMessage message;
    private final AtomicReferenceArray<List<String>> frames = new AtomicReferenceArray<>(Face.values().length);

    public Outgoing(ServerMessage message) {
        this.message = message;
    }

    public ServerMessage message() {
        return message;
    }

    /** The frames for such a member, in order; may be none. */
    public List<String> frames(Face face) {
        var rendered = frames.get(face.ordinal());
        if (rendered == null) {
            // Two threads may both render; the frames are equal and either serves.
            rendered = face.render(message);
            frames.set(face.ordinal(), rendered);
        }
        return rendered;
    }
}
