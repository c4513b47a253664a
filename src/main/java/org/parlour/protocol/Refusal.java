package org.parlour.protocol;

import java.time.Duration;

/**
 * A client's request that cannot be granted. The message is a sentence for that client, free of anything internal; the
 * connection stays open.
 */
public final class Refusal extends RuntimeException {

    private final ErrorCode code;
    private final String field;
    private final String room;
    private final String ref;
    private final Long retryAfterMillis;

    public Refusal(ErrorCode code, String message) {
        this(code, message, null);
    }

    /** @param field the field of the request that is at fault, or null */
    public Refusal(ErrorCode code, String message, String field) {
        this(code, message, field, null, null, code.retryAfterMillis());
    }

    private Refusal(ErrorCode code, String message, String field, String room, String ref, Long retryAfterMillis) {
        // Refusals are everyday answers: no stack trace, nobody reads it.
        super(message, null, false, false);
        this.code = code;
        this.field = field;
        this.room = room;
        this.ref = ref;
        this.retryAfterMillis = retryAfterMillis;
    }

    /** The database is away, or did not say whether it committed. */
    public static Refusal storageUnavailable() {
        return new Refusal(ErrorCode.STORAGE_UNAVAILABLE, "The message store is not available. Please try again.");
    }

    /** The server cannot do it now. */
    public static Refusal busy() {
        return new Refusal(ErrorCode.OVERLOADED, "The server is busy. Please try again.");
    }

    /** There is no message at this place of the log. */
    public static Refusal noSuchMessage() {
        return new Refusal(ErrorCode.MESSAGE_NOT_FOUND, "There is no such message.", "seq");
    }

    /** A message says that it answers one that there is not. */
    public static Refusal nothingToReplyTo() {
        return new Refusal(ErrorCode.BAD_MESSAGE, "There is no such message to reply to.", "replyTo");
    }

    /** Too much was asked for; @param retryAfterMillis when it may be asked for again at the earliest */
    public static Refusal rateLimited(String message, long retryAfterMillis) {
        return new Refusal(ErrorCode.RATE_LIMITED, message, null, null, null, retryAfterMillis);
    }

    /** Somebody has spoken in a room in slow mode. @param rest between two things that one says; @param wait what is left of it */
    public static Refusal slowMode(Duration rest, Duration wait) {
        return rateLimited(
                "This room is in slow mode: you may speak once in " + rest.toSeconds() + " s. Please wait.",
                1 + wait.minusNanos(1).toMillis());
    }

    /** The same refusal, as the answer to the request with this reference. */
    public Refusal ofRequest(String ref) {
        return new Refusal(code, getMessage(), field, room, ref, retryAfterMillis);
    }

    /** The same refusal, for a client that may be in several rooms. */
    public Refusal inRoom(RoomName name) {
        return new Refusal(code, getMessage(), field, name.value(), ref, retryAfterMillis);
    }

    public ErrorCode code() {
        return code;
    }

    public ServerMessage.Error answer() {
        return new ServerMessage.Error(code.name(), getMessage(), room, ref, code.retryable(), retryAfterMillis, field);
    }
}
