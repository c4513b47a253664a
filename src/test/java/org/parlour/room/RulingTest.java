package org.parlour.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parlour.auth.Role;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.Refusal;

class RulingTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00.123456Z");

    @Test
    void aRulingEndsAfterItsSecondsAndKeepsItsReason() {
        var ruling = Ruling.of(new ClientMessage.Moderate("r", null, "mute", "bob", null, 60L, " Enough. ", null), NOW);

        assertThat(ruling.until()).isEqualTo("2026-11-25T12:01:00.123Z");
        assertThat(ruling.reason()).isEqualTo("Enough.");
        assertThat(ruling.address()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, bob, -, -, action",
                "KICK, bob, -, -, action",
                "role, bob, -, -, role",
                "kick, -, -, -, username",
                "kick, a@b, -, -, username",
                "kick, bob, 5, -, seconds",
                "unban, bob, 5, -, seconds",
                "ban, bob, 0, -, seconds",
                "ban, bob, -1, -, seconds",
                "mute, bob, 9223372036854775807, -, seconds",
                "mute, bob, -, true, address",
                "kick, bob, -, false, address"
            })
    void whatMakesNoSenseIsRefused(String action, String username, Long seconds, Boolean address, String field) {
        var request = new ClientMessage.Moderate(null, null, action, username, null, seconds, null, address);

        assertThat(catchThrowableOfType(Refusal.class, () -> Ruling.of(request, NOW))
                        .answer()
                        .field())
                .isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"owner, OWNER", "moderator, MODERATOR", "member, MEMBER", "reader, READER", "none, -"})
    void aRoleIsOneOfFiveWords(String word, Role role) {
        var ruling = Ruling.of(new ClientMessage.Moderate(null, null, "role", "bob", word, null, null, null), NOW);

        assertThat(ruling.granted()).isEqualTo(role);
    }

    @ParameterizedTest
    @CsvSource({"role, king", "role, OWNER", "role, ''", "kick, member"})
    void anotherWordIsNoRoleAndAnotherActionHasNone(String action, String word) {
        var request = new ClientMessage.Moderate(null, null, action, "bob", word, null, null, null);

        assertThat(catchThrowableOfType(Refusal.class, () -> Ruling.of(request, NOW))
                        .answer()
                        .field())
                .isEqualTo("role");
    }

    @Test
    void aReasonIsNoSpeech() {
        var request = new ClientMessage.Moderate(null, null, "kick", "bob", null, null, "x".repeat(251), null);

        assertThat(catchThrowableOfType(Refusal.class, () -> Ruling.of(request, NOW))
                        .answer()
                        .field())
                .isEqualTo("reason");
    }
}
