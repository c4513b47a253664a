package org.parlour.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.parlour.auth.Action.BAN;
import static org.parlour.auth.Action.KICK;
import static org.parlour.auth.Action.MUTE;
import static org.parlour.auth.Action.READ;
import static org.parlour.auth.Action.SET_TOPIC;
import static org.parlour.auth.Action.SPEAK;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.Username;

class RoomAccessTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String ADDRESS = "192.0.2.7";

    /** Whoever could come; the roles are accounts. */
    private static final List<String> PEOPLE =
            List.of("guest", "account", "reader", "member", "moderator", "owner", "administrator");

    /**
     * Kind by person: one mark for each action, in the order of {@link Action}. {@code +} may, {@code -} FORBIDDEN, {@code 0} ROOM_NOT_FOUND,
     * {@code p} PASSWORD_REQUIRED, {@code n} NOT_AUTHENTICATED, {@code a} ROOM_ARCHIVED.
     */
    private static final String TABLE = """
                                 guest        account      reader       member       moderator    owner        administrator
            open                 ++++-------  ++++-------  ++---------  ++++-------  +++++++++--  +++++++++++  +++++++++++
            password             ppppppppppp  ppppppppppp  ++---------  ++++-------  +++++++++--  +++++++++++  +++++++++++
            password-shown       ++++-------  ++++-------  ++---------  ++++-------  +++++++++--  +++++++++++  +++++++++++
            other-password-shown ppppppppppp  ppppppppppp  ++---------  ++++-------  +++++++++--  +++++++++++  +++++++++++
            any-account          nnnnnnnnnnn  ++++-------  ++---------  ++++-------  +++++++++--  +++++++++++  +++++++++++
            private              00000000000  00000000000  ++---------  ++++-------  +++++++++--  +++++++++++  +++++++++++
            direct               00000000000  00000000000  -+---------  -++--------  -++--------  -++--------  00000000000
            open-archived        a+aaaaa-a--  a+aaaaa-a--  a+aaaaa-a--  a+aaaaa-a--  a+aaaaa+a--  a+aaaaa+a++  a+aaaaa+a++
            policy-none          00000000000  00000000000  00000000000  00000000000  00000000000  00000000000  +++++++++++
            policy-reader        ++---------  ++---------  ++---------  ++---------  ++---------  ++---------  +++++++++++
            policy-member        ++++-------  ++++-------  ++++-------  ++++-------  ++++-------  ++++-------  +++++++++++
            policy-moderator     +++++++++--  +++++++++--  +++++++++--  +++++++++--  +++++++++--  +++++++++--  +++++++++++
            private-archived     00000000000  00000000000  a+aaaaa-a--  a+aaaaa-a--  a+aaaaa+a--  a+aaaaa+a++  a+aaaaa+a++
            """;

    record Row(String room, String person, Action action, char mark) {

        @Override
        public String toString() {
            return room + " " + person + " " + action + " " + mark;
        }
    }

    static Stream<Row> rows() {
        return TABLE.lines().skip(1).flatMap(line -> {
            var cells = line.split(" +");
            return Stream.iterate(0, i -> i < PEOPLE.size(), i -> i + 1)
                    .flatMap(i -> Arrays.stream(Action.values())
                            .map(action ->
                                    new Row(cells[0], PEOPLE.get(i), action, cells[i + 1].charAt(action.ordinal()))));
        });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theTableHolds(Row row) {
        var refusal = refusal(row.action(), room(row.room()), visitor(row.room(), row.person()));

        assertThat(refusal).isEqualTo(code(row.mark()));
    }

    @Test
    void theTableIsWhole() {
        assertThat(rows()).hasSize(13 * PEOPLE.size() * Action.values().length);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void aBanKeepsFromEverythingButOwnersAndAdministrators(Action action) {
        for (var person : PEOPLE) {
            var who = visitor("open", person);
            var banned = restricted(Restriction.Kind.BAN, who.identity().id(), null);
            var isAbove = person.equals("owner") || person.equals("administrator");

            assertThat(refusal(action, banned, who)).as(person).isEqualTo(isAbove ? null : ErrorCode.BANNED);
        }
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void aMuteKeepsFromSpeakingAndNothingElse(Action action) {
        var who = visitor("open", "guest");
        var muted = restricted(Restriction.Kind.MUTE, who.identity().id(), null);

        var expected = action == SPEAK || action == SET_TOPIC ? ErrorCode.MUTED : refusal(action, room("open"), who);

        assertThat(refusal(action, muted, who)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, false", "1, true"})
    void aRestrictionEndsAtItsMoment(int secondsToGo, boolean holds) {
        var who = visitor("open", "account");
        var banned = restricted(Restriction.Kind.BAN, who.identity().id(), NOW.plusSeconds(secondsToGo));

        assertThat(refusal(READ, banned, who) == ErrorCode.BANNED).isEqualTo(holds);
    }

    @Test
    void anAddressMayBeBannedAndSoIsWhoeverComesFromThere() {
        var banned = restricted(Restriction.Kind.BAN, ADDRESS, null);
        var elsewhere = new Visitor(Identity.guest("another"), "192.0.2.8");

        assertThat(refusal(READ, banned, visitor("open", "guest"))).isEqualTo(ErrorCode.BANNED);
        assertThat(refusal(READ, banned, elsewhere)).isNull();
    }

    @Test
    void whoIsBannedFromAPrivateRoomWithoutBelongingToItStillLearnsNothing() {
        var who = visitor("private", "account");
        var room = RoomBook.of(
                new RoomRules(RoomKind.PRIVATE, null, false),
                Map.of(),
                List.of(new Restriction(Restriction.Kind.BAN, who.identity().id(), null)),
                0);

        assertThat(refusal(READ, room, who)).isEqualTo(ErrorCode.ROOM_NOT_FOUND);
    }

    @Test
    void aGuestWithTheIdOfAnAccountWouldNotHaveItsRole() {
        var room = RoomBook.of(new RoomRules(RoomKind.PRIVATE, null, false), Map.of("x", Role.OWNER), List.of(), 0);

        assertThat(refusal(READ, room, new Visitor(Identity.guest("x"), ADDRESS)))
                .isEqualTo(ErrorCode.ROOM_NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "moderator, guest, true",
        "moderator, account, true",
        "moderator, member, true",
        "moderator, moderator, false",
        "moderator, owner, false",
        "moderator, administrator, false",
        "owner, moderator, true",
        "owner, owner, false",
        "owner, administrator, false",
        "administrator, owner, true",
        "member, guest, false"
    })
    void onlyWhoIsAboveMayRuleSomebody(String actor, String target, boolean may) {
        for (var action : List.of(KICK, MUTE, BAN)) {
            var whom = visitor("open", target).identity();

            assertThatCode(() -> RoomAccess.requireOver(
                            action, room("open"), visitor("open", actor), whom.id(), whom.administrator(), NOW))
                    .satisfies(thrown -> assertThat(thrown == null).isEqualTo(may));
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "open, guest, guest, -",
                "open, reader, reader, -",
                "open-archived, member, member, -",
                "direct, member, member, -",
                "private, account, account, ROOM_NOT_FOUND",
                "open, member, guest, FORBIDDEN",
                "open, guest, member, FORBIDDEN",
                "open, moderator, guest, -",
                "open, moderator, member, -",
                "open, moderator, owner, FORBIDDEN",
                "open, owner, moderator, -",
                "open, moderator, administrator, FORBIDDEN",
                "open, administrator, owner, -",
                "open-archived, moderator, member, -",
                "direct, moderator, member, FORBIDDEN",
                "direct, owner, member, FORBIDDEN",
                "policy-moderator, account, guest, -",
                "policy-member, moderator, guest, FORBIDDEN"
            })
    void theAuthorDeletesAMessageAndWhoIsAboveTheAuthor(
            String room, String deleter, String author, ErrorCode expected) {
        assertThat(refusalOfDeletion(room(room), visitor(room, deleter), author, false))
                .isEqualTo(expected);
    }

    @Test
    void theMutedDeleteTheirOwnWordsWithoutAWord() {
        var who = visitor("open", "guest");
        var muted = restricted(Restriction.Kind.MUTE, who.identity().id(), null);

        assertThat(refusalOfDeletion(muted, who, "guest", false)).isNull();
        assertThat(refusalOfDeletion(muted, who, "guest", true)).isEqualTo(ErrorCode.MUTED);
    }

    @Test
    void theBannedDeleteNothing() {
        var who = visitor("open", "guest");
        var banned = restricted(Restriction.Kind.BAN, who.identity().id(), null);

        assertThat(refusalOfDeletion(banned, who, "guest", false)).isEqualTo(ErrorCode.BANNED);
    }

    private static ErrorCode refusalOfDeletion(RoomBook room, Visitor who, String author, boolean why) {
        var whom = visitor("open", author).identity();
        try {
            RoomAccess.requireDelete(room, who, whom.id(), whom.administrator(), why, NOW);
            return null;
        } catch (Refusal refusal) {
            return refusal.code();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "open, guest, true",
        "open, account, true",
        "open, reader, true",
        "open, member, true",
        "open, moderator, false",
        "open, owner, false",
        "open, administrator, false",
        "policy-member, guest, true",
        "policy-member, owner, true",
        "policy-moderator, account, false",
        "policy-moderator, reader, false"
    })
    void theLimitsOfARoomAreForAllBelowModerators(String room, String person, boolean limited) {
        assertThat(RoomAccess.isLimited(room(room), visitor(room, person))).isEqualTo(limited);
    }

    @Test
    void whatIsToldToAStrangerIsTheSameForAPrivateRoomAndForNone() {
        var refusal = catchThrowableOfType(
                Refusal.class,
                () -> RoomAccess.require(Action.ENTER, room("private"), visitor("private", "guest"), NOW));

        assertThat(refusal.answer()).isEqualTo(RoomAccess.notFound().answer());
    }

    @ParameterizedTest
    @CsvSource({
        "general, true",
        "order:4711, true",
        "private, true",
        "private:x, false",
        "direct:a:b, false",
        "Private:x, false",
        "ｄirect:a:b, false",
        "рrivate:x, false",
        "my private:x, true"
    })
    void aReservedNameIsNotMadeByEntering(String name, boolean made) {
        assertThat(RoomAccess.isMadeByEntering(new RoomName(name))).isEqualTo(made);
    }

    private static ErrorCode refusal(Action action, RoomBook room, Visitor who) {
        try {
            RoomAccess.require(action, room, who, NOW);
            return null;
        } catch (Refusal refusal) {
            return refusal.code();
        }
    }

    private static ErrorCode code(char mark) {
        return switch (mark) {
            case '+' -> null;
            case '-' -> ErrorCode.FORBIDDEN;
            case '0' -> ErrorCode.ROOM_NOT_FOUND;
            case 'p' -> ErrorCode.PASSWORD_REQUIRED;
            case 'n' -> ErrorCode.NOT_AUTHENTICATED;
            case 'a' -> ErrorCode.ROOM_ARCHIVED;
            default -> throw new IllegalArgumentException(String.valueOf(mark));
        };
    }

    private static RoomBook room(String name) {
        if (name.startsWith("policy")) {
            return RoomBook.of(new RoomRules(RoomKind.PRIVATE, null, false), roles(), List.of(), 0);
        }
        var kind = name.contains("password") || name.equals("any-account")
                ? RoomKind.PROTECTED
                : RoomKind.valueOf(name.replace("-archived", "").toUpperCase(Locale.ROOT));
        var hash = name.contains("password") ? "hash" : null;
        return RoomBook.of(new RoomRules(kind, hash, name.endsWith("archived")), roles(), List.of(), 0);
    }

    private static RoomBook restricted(Restriction.Kind kind, String subject, Instant until) {
        return RoomBook.of(RoomRules.OPEN, roles(), List.of(new Restriction(kind, subject, until)), 0);
    }

    private static Map<String, Role> roles() {
        return Arrays.stream(Role.values())
                .collect(Collectors.toMap(
                        role -> "a." + role.name().toLowerCase(Locale.ROOT),
                        role -> role,
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    private static Verdict verdict(String room) {
        return switch (room) {
            case "policy-none" -> new Verdict(null);
            case "policy-reader" -> new Verdict(Role.READER);
            case "policy-member" -> new Verdict(Role.MEMBER);
            case "policy-moderator" -> new Verdict(Role.MODERATOR);
            default -> null;
        };
    }

    private static Visitor visitor(String room, String person) {
        var identity = person.equals("guest")
                ? Identity.guest("0123456789abcdef")
                : new Identity(
                        Identity.Kind.ACCOUNT,
                        "a." + person,
                        new Username("ann"),
                        person.equals("administrator"),
                        null,
                        null);
        var fitting = room.startsWith("other") ? "old hash" : room.endsWith("shown") ? "hash" : null;
        return new Visitor(identity, ADDRESS, fitting, verdict(room));
    }
}
