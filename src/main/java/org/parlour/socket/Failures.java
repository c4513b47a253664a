package org.parlour.socket;

import jakarta.ejb.ConcurrentAccessTimeoutException;
import java.util.function.Consumer;
import org.parlour.protocol.Refusal;

/** What came of requests that failed. @param client tells it the client; on any thread */
record Failures(Consumer<RuntimeException> client) {

    /** @param ref of the request, or null */
    void tell(RuntimeException failure, String ref) {
        var told = told(failure);
        client.accept(told instanceof Refusal refusal ? refusal.ofRequest(ref) : told);
    }

    /** What a failure is to the client: a room that could not be had in time is a server that is busy. */
    static RuntimeException told(RuntimeException failure) {
        return failure instanceof ConcurrentAccessTimeoutException ? Refusal.busy() : failure;
    }
}
