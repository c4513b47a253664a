package org.parlour.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.parlour.config.ChatConfig;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.testing.Race;

class PasswordsTest {

    private static final String LONG = "\uD83D\uDE00".repeat(Passwords.MAX_LENGTH);

    private final Passwords passwords = passwords("100000");

    @Test
    void onlyTheSamePasswordMatches() {
        var hash = passwords.hash("correct horse");

        assertThat(passwords.matches("correct horse", hash)).isTrue();
        assertThat(passwords.matches("correct horsf", hash)).isFalse();
        assertThat(passwords.matches("", hash)).isFalse();
        assertThat(passwords.matches("x".repeat(100_000), hash)).isFalse();
    }

    @Test
    void theSameCharactersInAnotherNormalFormAreTheSamePassword() {
        assertThat(passwords.matches("gro\u0308\u00DFer ab", passwords.hash("gr\u00F6\u00DFer ab")))
                .isTrue();
    }

    @Test
    void twoHashesOfOnePasswordDifferAndSayHowTheyWereMade() {
        var hash = passwords.hash("correct horse");

        assertThat(hash).startsWith("PBKDF2WithHmacSHA256:100000:").isNotEqualTo(passwords.hash("correct horse"));
        assertThat(hash.length()).isLessThan(255);
    }

    @Test
    void aHashOfEarlierDaysIsCheckedAsItWasMade() {
        var earlier = passwords.hash("correct horse");

        assertThat(passwords("120000").matches("correct horse", earlier)).isTrue();
    }

    @Test
    void nobodysPasswordMatchesNothing() {
        assertThat(passwords.matches("correct horse", null)).isFalse();
    }

    @Test
    void eightToAHundredAndTwentyEightCharactersAreTaken() {
        assertThat(passwords.matches("12345678", passwords.hash("12345678"))).isTrue();
        assertThat(passwords.matches(LONG, passwords.hash(LONG))).isTrue();
        for (var wrong : new String[] {"", "1234567", "\uD83D\uDE00".repeat(7), LONG + "x", "x".repeat(100_000)}) {
            assertThatThrownBy(() -> passwords.hash(wrong))
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_MESSAGE));
        }
    }

    @Test
    void aFloodIsRefusedAfterAWhileInsteadOfTakingEveryProcessor() {
        var slow = new Passwords(ChatConfig.from(
                Map.of("parlour.password-iterations", "8000000", "parlour.password-hashers", "1")::get));
        var refused = new AtomicInteger();

        Race.among(3, number -> {
            try {
                slow.matches("correct horse", null);
            } catch (Refusal refusal) {
                assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
                refused.incrementAndGet();
            }
        });

        assertThat(refused).hasPositiveValue();
    }

    private static Passwords passwords(String iterations) {
        return new Passwords(ChatConfig.from(Map.of("parlour.password-iterations", iterations)::get));
    }
}
