package org.parlour.room;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.parlour.history.MessageLog;
import org.parlour.history.StoredEvent;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;

/** Finds the page of earlier messages that was asked for. A page of very long messages ends early and says that there is more. */
public final class Pages {

    static final int MAX_LIMIT = 200;
    private static final int USUAL_LIMIT = 50;

    /** In UTF-16 units: about half of a connection's budget. */
    private static final int MAX_LENGTH = 256 * 1024;

    /**
     * Which page is wanted: the newest below {@code before}, the first above {@code after}, those around a seq, or the newest of all.
     *
     * @param limit how many messages, or null for the usual number
     */
    public record Wanted(Integer limit, Long before, Long after, Long around) {

        /** @throws Refusal BAD_MESSAGE */
        public Wanted {
            requireFromOne("before", before);
            requireFromOne("after", after == null ? null : after + 1);
            requireFromOne("around", around);
            requireFromOne("limit", limit == null ? null : (long) limit);
            if (Stream.of(before, after, around).filter(Objects::nonNull).count() > 1) {
                throw new Refusal(
                        ErrorCode.BAD_MESSAGE, "Only one of \"before\", \"after\" and \"around\" is possible.");
            }
        }

        private static void requireFromOne(String field, Long value) {
            if (value != null && value < 1) {
                throw new Refusal(ErrorCode.BAD_MESSAGE, "History counts from 1.", field);
            }
        }

        int most() {
            return limit == null ? USUAL_LIMIT : Math.min(limit, MAX_LIMIT);
        }
    }

    /**
     * Some messages, oldest first.
     *
     * @param more whether there may be more in the direction of reading
     */
    public record Page(List<StoredEvent> events, boolean more) {

        /** @param found one more than wanted, if there are so many */
        static Page of(List<StoredEvent> found, int wanted, boolean forward) {
            var more = found.size() > wanted;
            return new Page(more ? forward ? found.subList(0, wanted) : found.subList(1, found.size()) : found, more);
        }

        private Page shortened(boolean forward) {
            var kept = Pages.shortened(events, forward, MAX_LENGTH);
            return new Page(kept, more || kept.size() < events.size());
        }

        /** What to ask for to get the page before this one, or null. */
        public Long first() {
            return events.isEmpty() ? null : events.get(0).seq();
        }

        /** What to ask for to get the page behind this one, or null. */
        public Long last() {
            return events.isEmpty() ? null : events.get(events.size() - 1).seq();
        }
    }

    /** Where messages are found. May block on the database. */
    interface Shelf {

        /** The newest so many below a seq. */
        Page before(long seq, int wanted);

        /** The first so many above a seq. */
        Page after(long seq, int wanted);

        /** The newest seq that is kept no longer, 0 if all is kept. */
        long purged();
    }

    private Pages() {}

    /** @throws Refusal HISTORY_PURGED if it is to begin where nothing is kept */
    static Page read(Wanted wanted, Shelf shelf) {
        if (wanted.after() != null) {
            requireKept("after", wanted.after() + 1, shelf);
            return shelf.after(wanted.after(), wanted.most()).shortened(true);
        }
        if (wanted.around() != null) {
            requireKept("around", wanted.around(), shelf);
            return around(wanted.around(), wanted.most(), shelf);
        }
        return shelf.before(wanted.before() == null ? Long.MAX_VALUE : wanted.before(), wanted.most())
                .shortened(false);
    }

    private static void requireKept(String field, long seq, Shelf shelf) {
        var purged = shelf.purged();
        if (seq <= purged) {
            throw new Refusal(
                    ErrorCode.HISTORY_PURGED,
                    "What was said there is kept no longer; the oldest is " + (purged + 1) + ".",
                    field);
        }
    }

    /** A page of a room that nothing is remembered of. Blocks on the database. @throws Refusal HISTORY_PURGED */
    public static Page read(Wanted wanted, MessageLog log, RoomName room) {
        return read(wanted, new Shelf() {
            @Override
            public Page before(long seq, int most) {
                return most < 1
                        ? new Page(List.of(), seq > purged() + 1)
                        : Page.of(log.spokenBefore(room, seq, most + 1), most, false);
            }

            @Override
            public Page after(long seq, int most) {
                return most < 1
                        ? new Page(List.of(), true)
                        : Page.of(log.spokenBetween(room, seq + 1, Long.MAX_VALUE, most + 1), most, true);
            }

            @Override
            public long purged() {
                return log.head(room).purged();
            }
        });
    }

    private static Page around(long seq, int limit, Shelf shelf) {
        var older = shelf.before(seq, limit / 2);
        var newer = shelf.after(seq - 1, limit - older.events().size());
        // Each half is shortened at its far end, so that the message asked for stays.
        var page = shortened(older.events(), false, MAX_LENGTH / 2);
        var more = older.more() || page.size() < older.events().size();
        page.addAll(shortened(newer.events(), true, MAX_LENGTH / 2));
        return new Page(page, more);
    }

    private static List<StoredEvent> shortened(List<StoredEvent> page, boolean forward, int maxLength) {
        var kept = new ArrayList<StoredEvent>();
        int length = 0;
        for (int i = 0; i < page.size(); i++) {
            var event = page.get(forward ? i : page.size() - 1 - i);
            length += event.isDeleted() ? 0 : event.content().length();
            if (length > maxLength && !kept.isEmpty()) {
                break;
            }
            kept.add(event);
        }
        if (!forward) {
            Collections.reverse(kept);
        }
        return kept;
    }
}
