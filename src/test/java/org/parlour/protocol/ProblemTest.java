package org.parlour.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {

    @ParameterizedTest
    @EnumSource
    void whoIsToWaitIsToldHowLongAndNobodyElse(ErrorCode code) {
        var problem = Problem.of(new Refusal(code, "No."));

        var mayReturn = problem.status() == 429 || problem.status() == 503;
        assertThat(problem.retryAfter() != null).as("%s", problem).isEqualTo(mayReturn);
        assertThat(problem.title()).isNotEqualTo("Error");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void soIsWhomTheServerItselfTurnsAway(int status) {
        assertThat(Problem.of(status).retryAfter()).isEqualTo("1");
        assertThat(Problem.of(404).retryAfter()).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000})
    void partsOfASecondAreAWholeOne(long millis) {
        assertThat(Problem.of(Refusal.rateLimited("Wait.", millis)).retryAfter())
                .isEqualTo("1");
    }
}
