package org.parlour.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.Username;

class InvitationTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @Test
    void whoSaysNothingInvitesOneMemberForADay() {
        assertThat(Invitation.of(null, null, "seconds", null)).isEqualTo(new Invitation(1, 86_400, Role.MEMBER));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1000, 2592000"})
    void itsBoundsBelongToIt(int uses, long seconds) {
        assertThat(Invitation.of(uses, seconds, "seconds", Role.MODERATOR))
                .isEqualTo(new Invitation(uses, seconds, Role.MODERATOR));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "0, -, -, uses",
                "-1, -, -, uses",
                "1001, -, -, uses",
                "-, 0, -, expiresIn",
                "-, 2592001, -, expiresIn",
                "-, 9223372036854775807, -, expiresIn",
                "-, -, OWNER, role"
            })
    void whatMakesNoSenseIsRefused(Integer uses, Long seconds, Role role, String field) {
        var refusal = catchThrowableOfType(Refusal.class, () -> Invitation.of(uses, seconds, "expiresIn", role));

        assertThat(refusal.answer().field()).isEqualTo(field);
    }

    /** What somebody is in the room, and up to which role it may invite. */
    @ParameterizedTest
    @CsvSource({"READER, 0", "MEMBER, 0", "MODERATOR, 2", "OWNER, 3"})
    void everybodyInvitesToLessThanItIs(Role its, int roles) {
        for (var role : List.of(Role.READER, Role.MEMBER, Role.MODERATOR)) {
            var may = role.ordinal() < roles;

            assertThat(refusal(room(its, false), inviter(false), role)).isEqualTo(may ? null : ErrorCode.FORBIDDEN);
            assertThat(RoomAccess.mayHaveInvited(room(its, false), inviter(false), role, NOW))
                    .isEqualTo(may);
        }
    }

    @Test
    void anAdministratorInvitesAsAnOwnerDoes() {
        assertThat(refusal(room(null, false), inviter(true), Role.MODERATOR)).isNull();
    }

    @Test
    void aStrangerToAPrivateRoomDoesNotLearnOfIt() {
        assertThat(refusal(room(null, false), inviter(false), Role.READER)).isEqualTo(ErrorCode.ROOM_NOT_FOUND);
        assertThat(RoomAccess.mayHaveInvited(room(null, false), inviter(false), Role.READER, NOW))
                .isFalse();
    }

    @Test
    void nobodyInvitesToAClosedRoomAndWhatWasGivenOutIsStillIts() {
        assertThat(refusal(room(Role.OWNER, true), inviter(false), Role.MEMBER)).isEqualTo(ErrorCode.ROOM_ARCHIVED);
        assertThat(RoomAccess.mayHaveInvited(room(Role.OWNER, true), inviter(false), Role.MEMBER, NOW))
                .isTrue();
        assertThat(RoomAccess.mayHaveInvited(room(Role.MEMBER, true), inviter(false), Role.MEMBER, NOW))
                .isFalse();
    }

    @Test
    void nobodyInvitesWhereSomebodyElseDecides() {
        var judged = inviter(true).judged(new Verdict(Role.MODERATOR));

        assertThat(refusal(room(Role.OWNER, false), judged, Role.READER)).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void aModeratorWhoIsBannedInvitesNobodyMeanwhile() {
        var ban = new Restriction(Restriction.Kind.BAN, "a.inviter", NOW.plusSeconds(60));
        var book = RoomBook.of(
                new RoomRules(RoomKind.PRIVATE, null, false), Map.of("a.inviter", Role.MODERATOR), List.of(ban), 0);

        assertThat(RoomAccess.mayHaveInvited(book, inviter(false), Role.MEMBER, NOW))
                .isFalse();
        assertThat(RoomAccess.mayHaveInvited(book, inviter(false), Role.MEMBER, NOW.plusSeconds(60)))
                .isTrue();
    }

    private static RoomBook room(Role inviters, boolean archived) {
        var roles = inviters == null ? Map.<String, Role>of() : Map.of("a.inviter", inviters);
        return new RoomBook(new RoomRules(RoomKind.PRIVATE, null, archived), roles, Map.of(), 0);
    }

    private static Visitor inviter(boolean administrator) {
        return new Visitor(
                new Identity(Identity.Kind.ACCOUNT, "a.inviter", new Username("ann"), administrator, null, null), null);
    }

    private static ErrorCode refusal(RoomBook room, Visitor who, Role role) {
        try {
            RoomAccess.requireInvite(room, who, role, NOW);
            return null;
        } catch (Refusal refusal) {
            return refusal.code();
        }
    }
}
