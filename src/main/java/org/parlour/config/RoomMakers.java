package org.parlour.config;

import java.util.Locale;

/** Who may make a room that does not exist: an open one by entering it, others by asking for them. */
public enum RoomMakers {
    EVERYBODY,
    ACCOUNTS,
    ADMINISTRATORS;

    /** As it stands in the settings. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
