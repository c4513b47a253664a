package org.parlour.history;

/**
 * Where a room's log stands.
 *
 * @param epoch changes when the log is restored or reset; null while the room has no log
 * @param lastSeq the newest seq, 0 if there is none
 * @param topic empty if there is none
 * @param purged the newest seq that is kept no longer, 0 if all is kept
 */
public record RoomHead(String epoch, long lastSeq, String topic, long purged) {

    static final RoomHead NONE = new RoomHead(null, 0, "", 0);

    /** The oldest seq that can be read, or could be if it were there yet; 0 if there is no log. */
    public long oldest() {
        return lastSeq == 0 ? 0 : purged + 1;
    }
}
