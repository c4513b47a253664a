package org.parlour.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.room.FakeServer.LOBBY;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parlour.auth.Restriction;
import org.parlour.auth.RoomBook;
import org.parlour.auth.RoomKind;
import org.parlour.auth.RoomRules;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.ServerMessage;

/** What is decided about a room is true for those who sit in it already. */
class RightsTest {

    private final FakeServer server = new FakeServer();
    private final FakeMember ann = server.enterNamed("ann");
    private final FakeMember bob = server.enterNamed("bob");

    @ParameterizedTest
    @ValueSource(strings = {"hello", "/me waves", "/topic cats"})
    void whoIsMutedIsNotHeardFromThatMomentOn(String line) {
        server.type(bob, line);
        var before = server.log.lines(LOBBY).size();

        server.rooms.setBook(LOBBY, restricting(Restriction.Kind.MUTE, bob, 1));
        server.type(bob, line);

        assertThat(bob.heard(ServerMessage.Error.class))
                .singleElement()
                .extracting(ServerMessage.Error::code)
                .isEqualTo("MUTED");
        assertThat(server.log.lines(LOBBY)).hasSize(before);
    }

    @Test
    void whoIsMutedMayReadOn() {
        server.type(ann, "hello");
        server.rooms.setBook(LOBBY, restricting(Restriction.Kind.MUTE, bob, 1));
        bob.forget();

        server.type(bob, "/history");
        server.type(bob, "/who");
        server.type(bob, "/topic");

        assertThat(bob.heard(ServerMessage.Error.class)).isEmpty();
        assertThat(bob.frames()).contains("[ann] hello");
    }

    @Test
    void whoMayNotBeHereAnyMoreIsNamed() {
        var unwanted = server.rooms.setBook(LOBBY, restricting(Restriction.Kind.BAN, bob, 1));

        assertThat(unwanted).containsOnlyKeys(bob);
        assertThat(unwanted.get(bob).code()).isEqualTo(ErrorCode.BANNED);
    }

    @Test
    void whoMayNotBeHereAnyMoreCanDoNothingEvenBeforeItIsOut() {
        server.rooms.setBook(LOBBY, new RoomBook(new RoomRules(RoomKind.PRIVATE, null, false), Map.of(), Map.of(), 1));
        bob.forget();

        for (var line : List.of("hello", "/history", "/who", "/topic", "/user robert")) {
            server.type(bob, line);
        }

        assertThat(bob.heard(ServerMessage.Error.class))
                .hasSize(5)
                .extracting(ServerMessage.Error::code)
                .containsOnly("ROOM_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/invite", "/invite 7 48", "/slow 30", "/archive"})
    void theDoorIsNotForEverybodyToKeep(String line) {
        server.type(bob, line);

        assertThat(bob.heard(ServerMessage.Error.class))
                .singleElement()
                .extracting(ServerMessage.Error::code)
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void anOlderBookDoesNotTakeThePlaceOfANewerOne() {
        server.rooms.setBook(LOBBY, restricting(Restriction.Kind.BAN, bob, 2));

        var unwanted = server.rooms.setBook(LOBBY, RoomBook.open(1));

        assertThat(unwanted).containsOnlyKeys(bob);
        assertThat(server.rooms.book(LOBBY)).map(RoomBook::version).contains(2L);
    }

    @Test
    void whoTookASeatByAnOldBookIsFoundOut() {
        server.rooms.setBook(LOBBY, restricting(Restriction.Kind.BAN, bob, 1));

        server.book = RoomBook.open(0);
        var again = server.enter(LOBBY, new FakeMember(bob.id(), bob.face()));

        assertThat(server.rooms.refusal(LOBBY, again))
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BANNED));
    }

    private static RoomBook restricting(Restriction.Kind kind, FakeMember whom, long version) {
        var restriction = new Restriction(kind, whom.id(), null);
        return new RoomBook(RoomRules.OPEN, Map.of(), Map.of(whom.id(), List.of(restriction)), version);
    }
}
