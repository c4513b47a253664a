package org.parlour.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.parlour.testing.Race;

class OutgoingTest {

    private static final ServerMessage.NewMessage SAID = new ServerMessage.NewMessage(
            "ann", "hello", null, null, null, "general", 1, "1-1", "2026-11-23T09:15:02.120Z", null, null);

    // A list that changes afterwards tells what was rendered when.
    private final List<ServerMessage> events = new ArrayList<>();
    private final Outgoing outgoing =
            new Outgoing(new ServerMessage.Batch("history", "general", "r", false, null, null, events));

    @ParameterizedTest
    @EnumSource(Face.class)
    void theFramesAreThoseOfTheFace(Face face) {
        var message = new Outgoing(SAID);

        assertThat(message.frames(face)).isEqualTo(face.render(SAID)).hasSize(1);
        assertThat(message.message()).isSameAs(SAID);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void theSecondMemberGetsWhatWasRenderedForTheFirst(Face face) {
        events.add(SAID);
        var first = outgoing.frames(face);

        events.add(SAID);
        var second = outgoing.frames(face);

        assertThat(second).isSameAs(first);
    }

    @Test
    void thatAFaceIsToldNothingIsRememberedToo() {
        var first = outgoing.frames(Face.TEXT);

        events.add(SAID);
        var second = outgoing.frames(Face.TEXT);

        assertThat(first).isEmpty();
        assertThat(second).isEmpty();
    }

    @Test
    void aFaceThatNobodyHasIsNotRendered() {
        events.add(SAID);
        var plain = outgoing.frames(Face.PLAIN);

        events.add(SAID);
        var text = outgoing.frames(Face.TEXT);

        assertThat(plain).hasSize(1);
        assertThat(text).hasSize(2);
    }

    @Test
    void threadsThatAskAtOnceGetTheSameFrames() {
        for (int round = 0; round < 200; round++) {
            var message = new Outgoing(SAID);
            var frames = new ConcurrentLinkedQueue<List<String>>();

            Race.among(4, number -> frames.add(message.frames(Face.FULL)));

            assertThat(frames).hasSize(4).containsOnly(Face.FULL.render(SAID));
            assertThat(message.frames(Face.FULL)).isSameAs(message.frames(Face.FULL));
        }
    }
}
