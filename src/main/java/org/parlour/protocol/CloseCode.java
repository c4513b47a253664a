package org.parlour.protocol;

/**
 * Why a connection was ended; the name is also the reason text of the close frame. The range tells a client what to do:
 * 4000-4099 do not come back, 4100-4199 back off, 4200-4299 come back at once.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1">RFC 6455, section 7.4.1</a>
 */
public enum CloseCode {
    NORMAL(1000),
    GOING_AWAY(1001),
    TEXT_ONLY(1003),
    TOO_BIG(1009),
    INTERNAL(1011),
    NOT_AUTHENTICATED(4001),
    FORBIDDEN(4003),
    NO_SUCH_ROOM(4004),
    KICKED(4005),
    BANNED(4006),
    TOO_MANY_CONNECTIONS(4010),
    SLOW_CONSUMER(4100),
    FLOOD(4101),
    OVERLOADED(4103),
    STORAGE_DOWN(4104),
    HEARTBEAT_LOST(4201),
    TOKEN_EXPIRED(4202),
    RESYNC(4203);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    /** What ends a connection that was refused with this, and has nothing else to stay for. */
    public static CloseCode after(ErrorCode refusal) {
        return switch (refusal) {
            case ROOM_NOT_FOUND, ROOM_ARCHIVED -> NO_SUCH_ROOM;
            case NOT_AUTHENTICATED -> NOT_AUTHENTICATED;
            case BANNED -> BANNED;
            case STORAGE_UNAVAILABLE -> STORAGE_DOWN;
            case OVERLOADED, RATE_LIMITED, ROOM_FULL -> OVERLOADED;
            case INTERNAL -> INTERNAL;
            default -> FORBIDDEN;
        };
    }

    public int code() {
        return code;
    }
}
