package org.parlour.room;

/** How a member goes. */
public enum Departure {
    /** It said so. */
    QUIT("quit"),
    /** Its connection is gone, and it cannot come back as the same person. */
    GONE("quit"),
    /** The server gave it up, and it cannot come back as the same person. */
    TIMED_OUT("timeout"),
    /** Its connection is gone, but it may come back within the grace. */
    LOST("timeout"),
    /** It was put out. */
    REMOVED("kicked"),
    /** The server is stopping. */
    STOPPED("restart");

    private final String reason;

    Departure(String reason) {
        this.reason = reason;
    }

    /** What the others are told. */
    String reason() {
        return reason;
    }
}
