package org.parlour.history;

import org.parlour.protocol.Refusal;

/** What became of a {@link Draft}. */
public sealed interface Outcome {

    /**
     * Committed: it will be there after any crash.
     *
     * @param duplicate whether it was there already, from an earlier draft with the same nonce; then it has been told before
     */
    record Stored(StoredEvent event, boolean duplicate) implements Outcome {}

    /** Not stored for good; or, if the refusal is retryable, not known to be stored. */
    record Refused(Refusal refusal) implements Outcome {}
}
