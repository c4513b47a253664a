package org.parlour.protocol;

/** Why a request was refused. A retryable refusal may be sent again unchanged; any other is final. */
public enum ErrorCode {
    BAD_MESSAGE,
    UNKNOWN_TYPE,
    UNKNOWN_COMMAND,
    USERNAME_REQUIRED,
    USERNAME_INVALID,
    USERNAME_TAKEN,
    ROOM_NAME_INVALID,
    CONTENT_EMPTY,
    CONTENT_TOO_LONG,
    CONTENT_REJECTED,
    NONCE_CONFLICT,
    STORAGE_UNAVAILABLE(true),
    OVERLOADED(true),
    INTERNAL;

    private final boolean retryable;

    ErrorCode() {
        this(false);
    }

    ErrorCode(boolean retryable) {
        this.retryable = retryable;
    }

    public boolean retryable() {
        return retryable;
    }
}
