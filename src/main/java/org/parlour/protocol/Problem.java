package org.parlour.protocol;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * A refusal as HTTP says it.
 *
 * @param status of the response; @param title what that status means
 * @param code as in {@link ErrorCode}, or null if the status says it all
 * @param detail a sentence for the client; @param field the field at fault, or null
 * @param retryAfterMs when the same request may be sent again; never null with 429 and 503
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
@JsonbPropertyOrder({"title", "status", "code", "detail", "field", "retryAfterMs"})
public record Problem(String title, int status, String code, String detail, String field, Long retryAfterMs) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final Long USUAL_WAIT_MILLIS = 1_000L;

    public static Problem of(Refusal refusal) {
        var answer = refusal.answer();
        var status = statusOf(refusal.code());
        var wait = answer.retryAfterMs() == null ? waitOf(status) : answer.retryAfterMs();
        return new Problem(titleOf(status), status, answer.code(), answer.message(), answer.field(), wait);
    }

    /** @param status from 400 on */
    public static Problem of(int status) {
        return new Problem(titleOf(status), status, null, null, null, waitOf(status));
    }

    // Who is told to wait is told how long, also by what the server itself refuses.
    private static Long waitOf(int status) {
        return status == 429 || status == 503 ? USUAL_WAIT_MILLIS : null;
    }

    private static int statusOf(ErrorCode code) {
        return switch (code) {
            case NOT_AUTHENTICATED, TOKEN_EXPIRED -> 401;
            case FORBIDDEN, BANNED, MUTED, PASSWORD_REQUIRED -> 403;
            case USER_NOT_FOUND, MESSAGE_NOT_FOUND, ROOM_NOT_FOUND, INVITATION_INVALID, HISTORY_PURGED -> 404;
            case USERNAME_TAKEN, TOKEN_SUPERSEDED, NONCE_CONFLICT, TOO_MANY_ROOMS, ROOM_ARCHIVED -> 409;
            case RATE_LIMITED, TOO_MANY_CONNECTIONS -> 429;
            case STORAGE_UNAVAILABLE, OVERLOADED, ROOM_FULL -> 503;
            case INTERNAL -> 500;
            default -> 400;
        };
    }

    private static String titleOf(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 426 -> "Upgrade Required";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            default -> "Error";
        };
    }

    /** The value of {@code Retry-After}, in whole seconds; null if there is none. */
    public String retryAfter() {
        return retryAfterMs == null ? null : Long.toString((retryAfterMs + 999) / 1000);
    }

    public String json() {
        return MessageJson.write(this);
    }
}
