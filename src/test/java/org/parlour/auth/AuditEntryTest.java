package org.parlour.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditEntryTest {

    @Test
    void whatCouldBeginANewLineIsEscaped() {
        var entry = entry("x\r\n2026-11-25 LOGIN admin\u2028\u0085\\n");

        assertThat(entry.target()).isEqualTo("x\\u000D\\u000A2026-11-25 LOGIN admin\\u2028\\u0085\\\\n");
    }

    @Test
    void aTextThatIsTooLongIsCutAndNoCharacterHalved() {
        assertThat(entry("x".repeat(1_000)).target()).hasSize(255);
        assertThat(entry("x".repeat(254) + "\uD83D\uDE00").target()).isEqualTo("x".repeat(254));
    }

    private static AuditEntry entry(String target) {
        return new AuditEntry(Instant.now(), null, null, AuditEntry.Action.LOGIN_REFUSED, target, null, null, null);
    }
}
