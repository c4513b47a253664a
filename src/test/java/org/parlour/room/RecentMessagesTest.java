package org.parlour.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.parlour.history.EventKind;
import org.parlour.history.StoredEvent;

class RecentMessagesTest {

    private static final long NOWHERE = Long.MAX_VALUE;

    private final RecentMessages recent = new RecentMessages(50);

    @Test
    void nothingIsKnownBeforeTheFirstEvent() {
        assertThat(recent.floor()).isEqualTo(NOWHERE);
        assertThat(recent.room()).isEqualTo(50);
        assertThat(kept()).isEmpty();
    }

    @Test
    void fiftyMessagesAreKept() {
        add(1, 50);

        assertThat(kept()).containsExactlyElementsOf(seqs(1, 50));
        assertThat(recent.floor()).isEqualTo(1);
        assertThat(recent.room()).isZero();
    }

    @Test
    void theFiftyFirstMessageFallsOutOfMemory() {
        add(1, 51);

        assertThat(kept()).containsExactlyElementsOf(seqs(2, 51));
        assertThat(recent.floor()).isEqualTo(2);
    }

    @Test
    void whatIsNotSpokenIsNotKeptButCountsAsKnown() {
        recent.add(event(7, EventKind.JOINED));
        recent.add(event(8, EventKind.ACTION));
        recent.add(event(9, EventKind.TOPIC));
        recent.add(event(10, EventKind.RENAMED));
        recent.add(event(11, EventKind.LEFT));
        recent.add(event(12, EventKind.MESSAGE));

        assertThat(kept()).containsExactly(8L, 12L);
        assertThat(recent.floor()).isEqualTo(7);
    }

    @Test
    void aMessageThatAReadBroughtAlreadyIsKeptOnce() {
        recent.prepend(events(1, 5), true);

        add(4, 6);

        assertThat(kept()).containsExactlyElementsOf(seqs(1, 6));
    }

    @Test
    void aReadDoesNotBringAgainWhatIsHere() {
        add(4, 6);

        recent.prepend(events(1, 6), true);

        assertThat(kept()).containsExactlyElementsOf(seqs(1, 6));
        assertThat(recent.floor()).isEqualTo(1);
    }

    @Test
    void olderMessagesGoBeforeTheOnesThatAreHere() {
        add(31, 35);

        recent.prepend(events(21, 30), false);

        assertThat(kept()).containsExactlyElementsOf(seqs(21, 35));
        assertThat(recent.floor()).isEqualTo(21);
        assertThat(recent.room()).isEqualTo(35);
    }

    @Test
    void aReadThatFoundAllOfItReachesDownToTheFirst() {
        add(31, 35);

        recent.prepend(List.of(), true);

        assertThat(kept()).containsExactlyElementsOf(seqs(31, 35));
        assertThat(recent.floor()).isEqualTo(1);
    }

    @Test
    void aReadInAnEmptyRoomThatHasNoPastReachesDownToTheFirst() {
        recent.prepend(List.of(), true);

        assertThat(recent.floor()).isEqualTo(1);
    }

    @Test
    void theOldestOfWhatWasReadFallOutWhenMessagesCameMeanwhile() {
        add(101, 110);

        recent.prepend(events(51, 100), false);

        assertThat(kept()).containsExactlyElementsOf(seqs(61, 110));
        assertThat(recent.floor()).isEqualTo(61);
    }

    @Test
    void whatWasReadIsOfNoUseWhenMoreThanAMemoryfulCameMeanwhile() {
        var read = events(51, 100);
        add(101, 151);

        recent.prepend(read, false);

        assertThat(kept()).containsExactlyElementsOf(seqs(102, 151));
        assertThat(recent.floor()).as("message 101 is not here").isEqualTo(102);
    }

    @Test
    void theNewestBelowASeqAreFoundOldestFirst() {
        add(1, 20);

        var found = recent.newest(3, 11);

        assertThat(found).extracting(StoredEvent::seq).containsExactly(8L, 9L, 10L);
        assertThat(recent.newest(100, 3)).extracting(StoredEvent::seq).containsExactly(1L, 2L);
        assertThat(recent.newest(100, 1)).isEmpty();
    }

    @Test
    void anEmptiedMessageKeepsItsPlace() {
        add(1, 5);

        recent.empty(3);
        recent.empty(77);

        assertThat(kept()).containsExactlyElementsOf(seqs(1, 5));
        assertThat(recent.newest(5, NOWHERE))
                .filteredOn(StoredEvent::isDeleted)
                .extracting(StoredEvent::seq)
                .containsExactly(3L);
    }

    private void add(long from, long to) {
        events(from, to).forEach(recent::add);
    }

    private List<Long> kept() {
        return recent.newest(Integer.MAX_VALUE, NOWHERE).stream()
                .map(StoredEvent::seq)
                .toList();
    }

    private static List<Long> seqs(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static List<StoredEvent> events(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(seq -> event(seq, EventKind.MESSAGE))
                .toList();
    }

    private static StoredEvent event(long seq, EventKind kind) {
        return new StoredEvent(FakeServer.LOBBY, 1, seq, kind, "ann", "1", "", null, null, null, Instant.EPOCH);
    }
}
