package org.parlour.room;

import java.util.List;
import org.parlour.protocol.Outgoing;

/** Messages for one member that are fetched only when it can take them. One thread at a time asks; it may block. */
public interface Feed {

    /** One that is over before it has begun. */
    Feed NONE = new Feed() {
        @Override
        public List<Outgoing> next() {
            return List.of();
        }

        @Override
        public List<Outgoing> failed() {
            return List.of();
        }
    };

    /** The next page; empty = that was all. */
    List<Outgoing> next();

    /** What to say instead when {@link #next} failed; the feed ends with it. */
    List<Outgoing> failed();
}
