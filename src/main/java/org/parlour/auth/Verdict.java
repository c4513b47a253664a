package org.parlour.auth;

/** What a {@link RoomPolicy} says of somebody in a room. @param role what it counts as, or null if it may not enter */
public record Verdict(Role role) {}
