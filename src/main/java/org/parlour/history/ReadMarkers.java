package org.parlour.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.parlour.protocol.RoomName;
import org.parlour.storage.StorageFailure;

/** How far accounts have read. Markers move forward only. Every method blocks on the database and fails when that does. */
@ApplicationScoped
public class ReadMarkers {

    private static final int ATTEMPTS = 5;

    @Inject
    private ReadMarkerRows rows;

    /** Where a marker stands. @param moved whether it did not stand there before */
    public record Marked(long seq, boolean moved) {}

    /** Moves a marker as far as this, and not beyond the end of the log; not back. */
    public Marked advance(String account, RoomName room, long seq) {
        for (int attempt = 1; ; attempt++) {
            try {
                return rows.advance(account, room, seq);
            } catch (RuntimeException failure) {
                // Another connection has set the first one at the same moment.
                if (StorageFailure.of(failure) != StorageFailure.CONFLICT || attempt == ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }
}
