package org.parlour.auth;

import org.parlour.protocol.RoomName;

/**
 * Told when it may have changed who may do what in a room; to be fired after that has been committed. It is true for those who are in the
 * room when {@code fire} returns, unless the database is away: then soon after it is back. So firing it may take the database's time.
 */
public record RoomChanged(RoomName room) {}
