package org.parlour.storage;

/** Told once, when the database has been reached and has the tables that are needed. */
public record DatabaseReady() {}
