package org.parlour.history;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.parlour.protocol.RoomName;

/** A log in memory that notes each transaction and fails when told to. */
final class ScriptedLog implements Function<List<Draft>, List<Outcome>> {

    private final Map<RoomName, Long> lastSeq = new HashMap<>();
    private final List<List<Draft>> attempts = new ArrayList<>();
    private final List<List<Draft>> commits = new ArrayList<>();
    private final ArrayDeque<RuntimeException> failures = new ArrayDeque<>();
    private final Set<String> poison = new HashSet<>();
    private boolean away;
    private Runnable whileItRuns = () -> {};

    @Override
    public synchronized List<Outcome> apply(List<Draft> drafts) {
        attempts.add(drafts);
        whileItRuns.run();
        if (away) {
            throw sqlFailure("08006");
        }
        if (!failures.isEmpty()) {
            throw failures.poll();
        }
        if (drafts.stream().anyMatch(draft -> poison.contains(draft.content()))) {
            throw sqlFailure("22021");
        }
        commits.add(drafts);
        return drafts.stream()
                .map(draft -> (Outcome) new Outcome.Stored(numbered(draft), false))
                .toList();
    }

    private StoredEvent numbered(Draft draft) {
        var seq = lastSeq.merge(draft.room(), 1L, Long::sum);
        return new StoredEvent(
                draft.room(),
                1,
                seq,
                draft.kind(),
                draft.sender(),
                draft.senderId(),
                draft.content(),
                draft.nonce(),
                null,
                null,
                Instant.EPOCH);
    }

    /** The next transactions fail with these, one each. */
    void failNext(String... states) {
        for (var state : states) {
            failures.add(sqlFailure(state));
        }
    }

    synchronized void away(boolean away) {
        this.away = away;
    }

    /** Every transaction with a draft of this content fails. */
    void poison(String content) {
        poison.add(content);
    }

    void whileATransactionRuns(Runnable task) {
        whileItRuns = task;
    }

    /** The contents of each transaction that was tried. */
    List<List<String>> attempts() {
        return contents(attempts);
    }

    /** The contents of each transaction that committed. */
    List<List<String>> commits() {
        return contents(commits);
    }

    private static List<List<String>> contents(List<List<Draft>> transactions) {
        return transactions.stream()
                .map(drafts -> drafts.stream().map(Draft::content).toList())
                .toList();
    }

    static RuntimeException sqlFailure(String state) {
        return new IllegalStateException(new SQLException("as the test wants", state));
    }
}
