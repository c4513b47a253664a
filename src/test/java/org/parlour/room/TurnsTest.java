package org.parlour.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns turns = new Turns(new Object());
    private final List<String> done = new ArrayList<>();

    @Test
    void whatWaitsForTwoThingsWaitsForBoth() {
        turns.hold();
        turns.hold();
        turns.run(0, () -> done.add("request"));

        turns.goOn();
        assertThat(done).isEmpty();
        turns.goOn();

        assertThat(done).containsExactly("request");
    }

    @Test
    void aRequestThatIsPutOffComesBeforeThoseThatWait() {
        turns.hold();
        turns.run(0, () -> {
            done.add("first, in vain");
            turns.hold();
            assertThat(turns.postpone(() -> done.add("first"))).isTrue();
        });
        turns.run(0, () -> done.add("second"));

        turns.goOn();
        turns.goOn();

        assertThat(done).containsExactly("first, in vain", "first", "second");
    }

    @Test
    void aRequestThatNeedNotWaitIsNotPutOff() {
        assertThat(turns.postpone(() -> done.add("never"))).isFalse();

        assertThat(done).isEmpty();
    }
}
