package org.parlour.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.parlour.protocol.Username;

class IdentityTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final Identity ann =
            new Account("a.1", Account.LOCAL, "ann", new Username("ann"), true, false).identity("secret-session", NOON);

    @Test
    void anAccountsIdentityIsWhatTheAccountIs() {
        assertThat(ann.isGuest()).isFalse();
        assertThat(ann.name()).isEqualTo(new Username("ann"));
        assertThat(ann.roles()).containsExactly("administrator");
        assertThat(Identity.guest("g").roles()).isEmpty();
    }

    @Test
    void aProofIsGoodUntilItExpires() {
        assertThat(ann.isExpiredAt(NOON.minusMillis(1))).isFalse();
        assertThat(ann.isExpiredAt(NOON)).isTrue();
        assertThat(Identity.guest("g").isExpiredAt(Instant.MAX)).isFalse();
    }

    @Test
    void theSessionDoesNotGetIntoALog() {
        assertThat(ann.toString()).contains("a.1").doesNotContain("secret-session");
    }

    @Test
    void theEndOfALoginConcernsThatLoginAndTheEndOfAllConcernsEverybody() {
        var other = new Account("a.2", Account.LOCAL, "bob", new Username("bob"), false, false).identity("other", NOON);
        var container =
                new Account("a.1", Account.CONTAINER, "ann", new Username("ann"), false, false).identity(null, null);

        assertThat(new LoginEnded("a.1", "secret-session", true).concerns(ann)).isTrue();
        assertThat(new LoginEnded("a.1", "another", true).concerns(ann)).isFalse();
        assertThat(new LoginEnded("a.1", "secret-session", true).concerns(other))
                .isFalse();
        assertThat(new LoginEnded("a.1", "secret-session", true).concerns(container))
                .isFalse();
        assertThat(new LoginEnded("a.1", null, false).concerns(ann)).isTrue();
        assertThat(new LoginEnded("a.1", null, false).concerns(container)).isTrue();
        assertThat(new LoginEnded("a.1", null, false).concerns(other)).isFalse();
    }

    @Test
    void aGuestIsNoAdministratorAndAnAccountHasAName() {
        assertThatThrownBy(() -> new Identity(Identity.Kind.GUEST, "g", null, true, null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Identity(Identity.Kind.ACCOUNT, "a.1", null, false, null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
