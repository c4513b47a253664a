package org.parlour.protocol;

/**
 * A client's request that cannot be granted. The message is a sentence for that client, free of anything internal; the
 * connection stays open.
 */
public final class Refusal extends RuntimeException {

    private final ErrorCode code;
    private final String field;
    private final String ref;

    public Refusal(ErrorCode code, String message) {
        this(code, message, null);
    }

    /** @param field the field of the request that is at fault, or null */
    public Refusal(ErrorCode code, String message, String field) {
        this(code, message, field, null);
    }

    private Refusal(ErrorCode code, String message, String field, String ref) {
        // Refusals are everyday answers: no stack trace, nobody reads it.
        super(message, null, false, false);
        this.code = code;
        this.field = field;
        this.ref = ref;
    }

    /** The database is away, or did not say whether it committed. */
    public static Refusal storageUnavailable() {
        return new Refusal(ErrorCode.STORAGE_UNAVAILABLE, "The message store is not available. Please try again.");
    }

    /** The same refusal, as the answer to the request with this reference. */
    public Refusal ofRequest(String ref) {
        return new Refusal(code, getMessage(), field, ref);
    }

    public ErrorCode code() {
        return code;
    }

    public ServerMessage.Error answer() {
        return new ServerMessage.Error(code.name(), getMessage(), ref, code.retryable(), field);
    }
}
