package org.parlour.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.room.FakeServer.LOBBY;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.parlour.auth.Identity;
import org.parlour.auth.Role;
import org.parlour.auth.RoomBook;
import org.parlour.auth.RoomKind;
import org.parlour.auth.RoomLimits;
import org.parlour.auth.RoomRules;
import org.parlour.auth.Visitor;
import org.parlour.config.ChatConfig;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Username;
import org.parlour.testing.ManualClock;

class SlowModeTest {

    private static final Visitor CARL = new Visitor(Identity.guest("carl"), null);
    private static final Visitor DORA = new Visitor(Identity.guest("dora"), null);
    private static final Visitor MODERATOR = account("a.moderator");

    private final ManualClock clock = new ManualClock();
    private final SlowMode slowMode = new SlowMode(clock::currentTimeNanos);

    @Test
    void aPersonSpeaksOnceInItsTimeAndIsToldExactlyWhenAgain() {
        var room = room(30);

        assertThat(taken(room, CARL).refusal()).isNull();
        clock.pass(Duration.ofNanos(1));
        var refusal = taken(room, CARL).refusal();

        assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refusal).hasMessageContaining("slow mode").hasMessageContaining("30 s");
        assertThat(refusal.answer().retryAfterMs()).isEqualTo(30_000);
        clock.pass(Duration.ofMillis(29_999));
        assertThat(taken(room, CARL).refusal().answer().retryAfterMs()).isEqualTo(1);
        clock.pass(Duration.ofMillis(1));
        assertThat(taken(room, CARL).refusal()).isNull();
    }

    @Test
    void othersAndOtherRoomsDoNotWait() {
        taken(room(30), CARL);

        assertThat(taken(room(30), DORA).refusal()).isNull();
        assertThat(taken(room(30), MODERATOR).refusal()).isNull();
        assertThat(taken(room(30), MODERATOR).refusal()).isNull();
        assertThat(taken(room(0), CARL).refusal()).isNull();
    }

    @Test
    void aRoomThatIsAnotherObjectIsTheSameRoom() {
        taken(room(30), CARL);

        assertThat(taken(room(30), CARL).refusal()).isNotNull();
    }

    @Test
    void whoHasSaidNothingAfterAllMaySpeak() {
        var room = room(30);

        taken(room, CARL).giveBack();

        assertThat(taken(room, CARL).refusal()).isNull();
    }

    @Test
    void whatIsGivenBackLateTakesNothingFromALaterTurn() {
        var room = room(30);
        var first = taken(room, CARL);
        clock.pass(Duration.ofSeconds(31));
        taken(room, CARL);

        first.giveBack();

        assertThat(taken(room, CARL).refusal()).isNotNull();
    }

    @Test
    void whatWasSaidBeforeTheStartOnlyTheLogKnows() {
        var room = room(30);

        var first = taken(room, CARL);
        first.giveBack();
        var again = taken(room, CARL);
        clock.pass(Duration.ofMillis(29_999));
        var other = taken(room, DORA);
        clock.pass(Duration.ofMillis(1));
        var next = taken(room, CARL);

        assertThat(first.silence()).isEqualTo(Duration.ofSeconds(30));
        assertThat(again.silence()).as("what was given back tells nothing").isEqualTo(Duration.ofSeconds(30));
        assertThat(other.silence()).isEqualTo(Duration.ofSeconds(30));
        assertThat(next.silence()).as("spoke after the start").isNull();
        assertThat(taken(room, new Visitor(Identity.guest("emil"), null)).silence())
                .as("nobody who spoke before the start has to wait now")
                .isNull();
        assertThat(taken(room(0), CARL).silence()).isNull();
    }

    @Test
    void whoSpokeLongAgoIsForgotten() {
        var room = room(30);
        for (int i = 1; i < 10_000; i++) {
            taken(room, new Visitor(Identity.guest("guest" + i), null));
        }
        clock.pass(Duration.ofSeconds(RoomLimits.LONGEST_SLOW_MODE + 1));

        taken(room, CARL);

        assertThat(slowMode.size()).isLessThanOrEqualTo(1);
    }

    private SlowMode.Slot taken(Room room, Visitor who) {
        return slowMode.take(room.name(), room.book(), who);
    }

    private static Room room(int slowMode) {
        var rules = new RoomRules(RoomKind.OPEN, null, false, new RoomLimits(slowMode, 0, 0, 0));
        var book = new RoomBook(rules, Map.of("a.moderator", Role.MODERATOR), Map.of(), 0);
        return new Room(
                LOBBY,
                book,
                new InMemoryLog(),
                (nanos, task) -> task.run(),
                ChatConfig.from(name -> null),
                new ChatMetrics());
    }

    private static Visitor account(String id) {
        return new Visitor(new Identity(Identity.Kind.ACCOUNT, id, new Username("moderator"), false, null, null), null);
    }
}
