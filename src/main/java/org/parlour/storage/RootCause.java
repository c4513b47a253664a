package org.parlour.storage;

/** What is behind a failure, as one line for the log. */
public final class RootCause {

    private static final int MAX_DEPTH = 30;

    private RootCause() {}

    public static String of(Throwable failure) {
        var cause = failure;
        for (int depth = 0; cause.getCause() != null && depth < MAX_DEPTH; depth++) {
            cause = cause.getCause();
        }
        return cause.toString().replaceAll("[\\r\\n]+", " ");
    }
}
