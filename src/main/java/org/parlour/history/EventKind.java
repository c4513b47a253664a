package org.parlour.history;

import java.util.Set;

/** What a stored event tells. The names stand in the database. */
public enum EventKind {
    /** Content: what was said. */
    MESSAGE,
    /** Content: what the sender does, in the third person. */
    ACTION,
    /** No content. */
    JOINED,
    /** Content: why, {@code quit} or {@code timeout}. */
    LEFT,
    /** Sender: the old name. Content: the new one. */
    RENAMED,
    /** Content: the new topic, empty = none. */
    TOPIC,
    /** Target: the message that is there no longer. Content: why, or null. */
    DELETED;

    /** What {@code /history} shows: people's words, not their coming and going. */
    static final Set<EventKind> SPOKEN = Set.of(MESSAGE, ACTION);

    public boolean isSpoken() {
        return SPOKEN.contains(this);
    }
}
