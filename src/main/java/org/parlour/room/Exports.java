package org.parlour.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import org.parlour.auth.RoomAccess;
import org.parlour.auth.Rooms;
import org.parlour.auth.Visitor;
import org.parlour.history.MessageLog;
import org.parlour.history.StoredEvent;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;

/**
 * Writes out a room's whole log, for somebody to keep. However long it is, one page is in memory. Blocks on the database and on whoever
 * reads what is written; so only a few may do this at once.
 */
@ApplicationScoped
public class Exports {

    /** A page of the longest messages is some megabytes. */
    private static final int PAGE = 200;

    /** Each holds a thread of the server's, for as long as its reader takes. */
    private static final int AT_ONCE = 4;

    /** What a log is written as. */
    public enum Form {
        /** Each event a line of JSON, as the full face tells it. */
        JSONL,
        /** Each event its time and a line as at a terminal; what stands in no line is left out. */
        TEXT
    }

    @Inject
    private MessageLog log;

    @Inject
    private Rooms rooms;

    private final Semaphore places = new Semaphore(AT_ONCE);

    /** @throws Refusal ROOM_NOT_FOUND, STORAGE_UNAVAILABLE, or see {@link RoomAccess#require} */
    public void require(RoomName room, Visitor by) {
        rooms.toRead(room, by);
    }

    /**
     * Writes everything up to what was newest when it began. Whether the room may be read is asked anew for each page.
     *
     * @throws Refusal as {@link #require}, or OVERLOADED; nothing may have been written by then, or a part
     * @throws IOException if nobody reads it any more
     */
    public void write(RoomName room, Visitor by, Form form, OutputStream out) throws IOException {
        if (!places.tryAcquire()) {
            throw new Refusal(ErrorCode.OVERLOADED, "Others are exporting just now. Please try again.");
        }
        try {
            var newest = read(() -> log.head(room)).lastSeq();
            for (long seq = 0; seq < newest; ) {
                var page = pageAfter(seq, room, by);
                if (page.isEmpty()) {
                    break;
                }
                for (var event : page) {
                    if (event.seq() <= newest) {
                        out.write(line(event, form).getBytes(StandardCharsets.UTF_8));
                    }
                }
                seq = page.get(page.size() - 1).seq();
            }
        } finally {
            places.release();
        }
    }

    private List<StoredEvent> pageAfter(long seq, RoomName room, Visitor by) {
        rooms.toRead(room, by);
        return read(() -> log.after(room, seq, PAGE));
    }

    private static <T> T read(Callable<T> query) {
        return Blocking.done("A room could not be exported", query);
    }

    private static String line(StoredEvent event, Form form) {
        var message = new Outgoing(Events.toMessage(event, null));
        if (form == Form.JSONL) {
            return String.join("\n", message.frames(Face.FULL)) + "\n";
        }
        var lines = new StringBuilder();
        message.frames(Face.TEXT)
                .forEach(line -> lines.append(Events.time(event.at()))
                        .append(' ')
                        .append(line)
                        .append('\n'));
        return lines.toString();
    }
}
