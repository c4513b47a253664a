package org.parlour.history;

import org.parlour.protocol.RoomName;

/** Told when a room's log has become shorter. @param through the newest seq that cannot be read any more */
public record Purged(RoomName room, long through) {}
