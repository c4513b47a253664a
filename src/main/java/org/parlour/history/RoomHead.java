package org.parlour.history;

/**
 * Where a room's log stands.
 *
 * @param epoch changes when the log is restored or reset; null while the room has no log
 * @param lastSeq the newest seq, 0 if there is none
 * @param topic empty if there is none
 */
public record RoomHead(String epoch, long lastSeq, String topic) {

    static final RoomHead NONE = new RoomHead(null, 0, "");

    /** The oldest seq that can still be read, 0 if there is none. */
    public long oldest() {
        return Math.min(1, lastSeq);
    }
}
