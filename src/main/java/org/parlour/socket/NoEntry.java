package org.parlour.socket;

import org.parlour.protocol.CloseCode;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;

/** A connection that may not stay: what it is told, and the code that it is then closed with. */
final class NoEntry extends Exception {

    private final Refusal refusal;
    private final CloseCode code;

    NoEntry(Refusal refusal, CloseCode code) {
        super(refusal.getMessage(), null, false, false);
        this.refusal = refusal;
        this.code = code;
    }

    static NoEntry tooManyConnections(String message) {
        return new NoEntry(new Refusal(ErrorCode.TOO_MANY_CONNECTIONS, message), CloseCode.TOO_MANY_CONNECTIONS);
    }

    static NoEntry serverIsFull() {
        return new NoEntry(
                new Refusal(ErrorCode.OVERLOADED, "The server is full. Please try again later."), CloseCode.OVERLOADED);
    }

    static NoEntry tooFast() {
        return new NoEntry(
                new Refusal(ErrorCode.RATE_LIMITED, "Too many connections are being opened from your address."),
                CloseCode.OVERLOADED);
    }

    Refusal refusal() {
        return refusal;
    }

    CloseCode code() {
        return code;
    }
}
