package org.parlour.history;

/** The other one of a conversation of two. @param id of a guest or an account; @param name what it was last called */
public record Addressee(String id, String name) {}
