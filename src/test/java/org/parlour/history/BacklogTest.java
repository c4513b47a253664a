package org.parlour.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.parlour.protocol.RoomName;

class BacklogTest {

    private static final RoomName A = new RoomName("a");
    private static final RoomName B = new RoomName("b");
    private static final RoomName C = new RoomName("c");

    private final Backlog<String> backlog = new Backlog<>();

    @Test
    void whatOneRoomSaysIsTakenTogetherAndInItsOrder() {
        backlog.add(A, "a1");
        backlog.add(B, "b1");
        backlog.add(A, "a2");

        assertThat(backlog.take(3)).containsExactly("a1", "a2", "b1");
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void aRoomThatDoesNotFitAnyMoreComesFirstNextTime() {
        backlog.add(A, "a1");
        backlog.add(B, "b1");
        backlog.add(B, "b2");
        backlog.add(C, "c1");

        assertThat(backlog.take(2)).containsExactly("a1");
        assertThat(backlog.take(2)).containsExactly("b1", "b2");
        assertThat(backlog.take(2)).containsExactly("c1");
        assertThat(backlog.take(2)).isEmpty();
    }

    @Test
    void aRoomThatFloodsLetsTheOthersHaveTheirTurn() {
        for (int i = 1; i <= 5; i++) {
            backlog.add(A, "a" + i);
        }
        backlog.add(B, "b1");

        assertThat(backlog.take(2)).containsExactly("a1", "a2");
        backlog.add(A, "a6");
        assertThat(backlog.take(2)).containsExactly("b1");
        assertThat(backlog.take(9)).containsExactly("a3", "a4", "a5", "a6");
        assertThat(backlog.size()).isZero();
    }

    @Test
    void theRestStaysInItsOrderWhenSomeAreTakenOut() {
        backlog.add(A, "a1");
        backlog.add(B, "b1");
        backlog.add(A, "a2");

        assertThat(backlog.takeAll(one -> one.endsWith("1"))).containsExactly("a1", "b1");
        assertThat(backlog.size()).isOne();
        assertThat(backlog.rooms()).containsExactly(A);
        assertThat(backlog.take(9)).containsExactly("a2");
    }
}
