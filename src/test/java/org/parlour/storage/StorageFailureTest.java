package org.parlour.storage;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageFailureTest {

    @ParameterizedTest
    @ValueSource(strings = {"22021", "22001", "22P05", "54000"})
    void dataThatTheDatabaseWillNeverTakeIsPoison(String state) {
        var failure = causedBy(new SQLException("refused", state));

        assertThat(StorageFailure.of(failure)).isEqualTo(StorageFailure.POISON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "40001", "40P01"})
    void havingBeenTooSlowIsAConflict(String state) {
        var failure = causedBy(new SQLException("too late", state));

        assertThat(StorageFailure.of(failure)).isEqualTo(StorageFailure.CONFLICT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "53300", "25006", "42P01", "23502"})
    void anythingElseMeansThatTheDatabaseIsAway(String state) {
        var failure = causedBy(new SQLException("gone", state));

        assertThat(StorageFailure.of(failure)).isEqualTo(StorageFailure.UNAVAILABLE);
    }

    @Test
    void aFailureWithoutAnySqlExceptionMeansThatTheDatabaseIsAway() {
        assertThat(StorageFailure.of(new IllegalStateException("no connection")))
                .isEqualTo(StorageFailure.UNAVAILABLE);
        assertThat(StorageFailure.of(causedBy(new SQLException("no state")))).isEqualTo(StorageFailure.UNAVAILABLE);
    }

    @Test
    void theStateOfABatchCounts() {
        var failure = causedBy(new BatchUpdateException("entry 3", "22021", new int[0]));

        assertThat(StorageFailure.of(failure)).isEqualTo(StorageFailure.POISON);
    }

    @Test
    void aFirstExceptionWithoutStateLeavesTheVerdictToItsCause() {
        var outer = new SQLException("wrapped by a pool", new SQLException("deadlock", "40P01"));

        assertThat(StorageFailure.of(causedBy(outer))).isEqualTo(StorageFailure.CONFLICT);
    }

    @Test
    void causesThatGoRoundInACircleAreReadOnce() {
        var first = new RuntimeException("first");
        var second = new RuntimeException("second", first);
        first.initCause(second);

        assertThat(StorageFailure.of(first)).isEqualTo(StorageFailure.UNAVAILABLE);
    }

    private static RuntimeException causedBy(SQLException cause) {
        return new IllegalStateException(new PersistenceException(cause));
    }
}
