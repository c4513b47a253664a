package org.parlour.protocol;

/** Why a request was refused. A retryable refusal may be sent again unchanged; any other is final. */
public enum ErrorCode {
    BAD_MESSAGE,
    UNKNOWN_TYPE,
    UNKNOWN_COMMAND,
    USERNAME_REQUIRED,
    USERNAME_INVALID,
    USERNAME_TAKEN,
    NOT_AUTHENTICATED,
    TOKEN_EXPIRED,
    TOKEN_SUPERSEDED,
    FORBIDDEN,
    USER_NOT_FOUND,
    MESSAGE_NOT_FOUND,
    HISTORY_PURGED,
    ROOM_NAME_INVALID,
    ROOM_NOT_FOUND,
    ROOM_ARCHIVED,
    ROOM_FULL(10_000),
    PASSWORD_REQUIRED,
    INVITATION_INVALID,
    BANNED,
    MUTED,
    TOO_MANY_ROOMS,
    TOO_MANY_CONNECTIONS,
    RATE_LIMITED(1_000),
    CONTENT_EMPTY,
    CONTENT_TOO_LONG,
    CONTENT_REJECTED,
    NONCE_CONFLICT,
    STORAGE_UNAVAILABLE(1_000),
    OVERLOADED(1_000),
    INTERNAL;

    private final Long retryAfterMillis;

    ErrorCode() {
        this.retryAfterMillis = null;
    }

    ErrorCode(long retryAfterMillis) {
        this.retryAfterMillis = retryAfterMillis;
    }

    public boolean retryable() {
        return retryAfterMillis != null;
    }

    /** When another attempt makes sense if nothing better is known; null if none does. */
    Long retryAfterMillis() {
        return retryAfterMillis;
    }
}
