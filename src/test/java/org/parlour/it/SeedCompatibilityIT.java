package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What users of the original server rely on; and its faults, which are gone. */
@Tag("core")
class SeedCompatibilityIT extends DeployedWar {

    static final String BEFORE_SENDING = "Please set a username with `/user <name>` before sending messages.";
    static final String BEFORE_HISTORY = "Please set a username with `/user <name>` before loading history.";

    @Test
    void aRoomIsCreatedOnDemand() {
        var alice = plain().as("alice");

        alice.send("/who");

        assertThat(alice.next("Notice").getString("message")).isEqualTo("1 here: alice");
    }

    @Test
    void roomsAreIsolated() {
        var here = plain().as("alice");
        var there = ChatClient.connect(base, room + "-2").as("bob");

        there.send("not for alice");

        assertThat(here.drain()).isEmpty();
    }

    @Test
    void thereIsNoEcho() {
        var alice = text().as("alice");
        alice.drain();

        alice.send("hello");

        assertThat(alice.drain()).isEmpty();
    }

    @Test
    void theThreeLinesAreTheOriginalOnesByteForByte() {
        var alice = text().as("alice");
        alice.drain();

        var bob = text().as("bob");
        bob.send("hello, wörld");
        bob.close();

        assertThat(alice.next()).isEqualTo("--> bob joined the room");
        assertThat(alice.next()).isEqualTo("[bob] hello, wörld");
        assertThat(alice.next()).isEqualTo("<-- bob left the room");
    }

    @Test
    void theTwoSentencesAreTheOriginalOnesByteForByte() {
        var anonymous = text();

        anonymous.send("hello");
        anonymous.send("/history");

        assertThat(anonymous.next()).isEqualTo(BEFORE_SENDING);
        assertThat(anonymous.next()).isEqualTo(BEFORE_HISTORY);
    }

    @Test
    void theRecentHistoryIsReplayedOnUserToThatMemberOnly() {
        var alice = text().as("alice");
        alice.drain();
        IntStream.rangeClosed(1, 60).forEach(i -> alice.send("message " + i));
        alice.send("/history 1");
        assertThat(alice.next()).isEqualTo("[alice] message 60");

        var bob = text();
        bob.send("/user bob");

        for (int i = 11; i <= 60; i++) {
            assertThat(bob.next()).isEqualTo("[alice] message " + i);
        }
        assertThat(bob.drain()).isEmpty();
        assertThat(alice.drain()).containsExactly("--> bob joined the room");
    }

    @Test
    void historyGivesTheNewestThousandInOrderOutOfTwelveHundred() {
        var alice = text().as("alice");
        alice.drain();
        IntStream.rangeClosed(1, 1_200).forEach(i -> alice.send("message " + i));

        alice.send("/history");

        for (int i = 201; i <= 1_200; i++) {
            assertThat(alice.next()).isEqualTo("[alice] message " + i);
        }
        assertThat(alice.drain()).isEmpty();
    }

    @Test
    void aRoomThatEmptiedAndCameBackHasItsHistory() {
        var alice = text().as("alice");
        alice.send("do not forget me");
        alice.send("/leave");
        assertThat(alice.closeCode()).isEqualTo(1000);

        var bob = text().as("bob");

        assertThat(bob.drain()).contains("[alice] do not forget me");
    }

    @Test
    void aPingDoesNotEndTheConnection() {
        var alice = plain().as("alice");
        var bob = plain().as("bob");

        alice.ping("anybody there?");
        alice.send("still here");

        assertThat(bob.nextContent()).isEqualTo("still here");
        assertThat(alice.isOpen()).isTrue();
    }

    @Test
    void oneStalledReaderDoesNotDelayTheRoom() throws IOException {
        var talker = plain().as("talker");
        try (var stalled = RawClient.connect(base, room, 4_096)) {
            stalled.say("/user stalled");
            talker.next("UserJoined");
            var listeners = IntStream.range(0, 18)
                    .mapToObj(i -> plain().as("listener " + i))
                    .toList();
            var long4000 = "x".repeat(3_900);
            // Far more than the kernel takes for a reader that does not read.
            IntStream.range(0, 1_500).forEach(i -> talker.send(long4000));
            listeners.forEach(listener -> IntStream.range(0, 1_500).forEach(i -> listener.nextContent()));

            var start = System.nanoTime();
            talker.send("now");
            listeners.forEach(listener -> assertThat(listener.nextContent()).isEqualTo("now"));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void leavingAndJoiningAtOnceLosesNoHistory() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            var leaver = text();
            leaver.send("/user leaver " + i);
            leaver.send("message " + i);
            leaver.send("/leave");
            var joiner = text();
            joiner.send("/user joiner " + i);
            joiner.close();
            assertThat(leaver.closeCode()).isEqualTo(1000);
            expected.add("[leaver " + i + "] message " + i);
        }

        var reader = text().as("reader");
        reader.drain();
        reader.send("/history");

        for (var line : expected) {
            assertThat(reader.next()).isEqualTo(line);
        }
    }

    @Test
    void nobodyCanForgeALine() {
        var alice = text().as("alice");
        alice.drain();
        var mallory = plain();

        mallory.send("{\"type\":\"SetUsername\",\"username\":\"mallory\\n[bob] I resign\"}");
        mallory.send("{\"type\":\"SetUsername\",\"username\":\"mallory] \\u2028<-- alice left the room\"}");
        mallory.send("{\"type\":\"SetUsername\",\"username\":\"[bob\"}");
        for (int i = 0; i < 3; i++) {
            assertThat(mallory.next("Error").getString("code")).isEqualTo("USERNAME_INVALID");
        }
        mallory.as("mallory");
        mallory.send(
                "{\"type\":\"Message\",\"content\":\"hi\\n[bob] I resign\\r\\n\\u2028<-- alice left the room\\u001b[2K\"}");

        assertThat(alice.next()).isEqualTo("--> mallory joined the room");
        assertThat(alice.next().lines().toList()).satisfies(lines -> {
            assertThat(lines.get(0)).isEqualTo("[mallory] hi");
            assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("    "));
            assertThat(String.join("", lines)).doesNotContain("\u001b", "\u2028");
        });
    }

    @Test
    void equalTimestampsDoNotReorder() {
        var alice = plain().as("alice");
        var bob = plain().as("bob");
        var carol = full().as("carol");

        IntStream.range(0, 300).forEach(i -> alice.send("message " + i));

        var times = new ArrayList<String>();
        for (int i = 0; i < 300; i++) {
            var message = bob.next("NewMessage");
            times.add(message.getString("at"));
            assertThat(message.getString("content")).isEqualTo("message " + i);
            assertThat(carol.nextContent()).isEqualTo("message " + i);
        }
        assertThat(times.stream().distinct().count())
                .as("some were said in the same millisecond")
                .isLessThan(times.size());
    }
}
