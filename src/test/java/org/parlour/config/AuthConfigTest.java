package org.parlour.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthConfigTest {

    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @Test
    void byDefaultEverybodyMayComeAndNobodyElseIsTrusted() {
        var config = AuthConfig.from(key -> null);

        assertThat(config.guests()).isTrue();
        assertThat(config.roomMakers()).isEqualTo(RoomMakers.EVERYBODY);
        assertThat(config.accounts()).isTrue();
        assertThat(config.registration()).isTrue();
        assertThat(config.bootstrapAdministrator()).isEmpty();
        assertThat(config.accessTokenLife()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.loginLife()).isEqualTo(Duration.ofDays(30));
        assertThat(config.passwordIterations()).isEqualTo(600_000);
        assertThat(config.origins()).isEmpty();
        assertThat(config.issuer()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"everybody, EVERYBODY", "' accounts ', ACCOUNTS", "administrators, ADMINISTRATORS"})
    void whoMayMakeRoomsIsOneOfThree(String value, RoomMakers makers) {
        assertThat(with(Map.of("parlour.room-makers", value)).roomMakers()).isEqualTo(makers);
    }

    @Test
    void nobodyElseMayBeNamedAsMakersOfRooms() {
        assertThatThrownBy(() -> with(Map.of("parlour.room-makers", "guests")))
                .hasMessageContaining("PARLOUR_ROOM_MAKERS")
                .hasMessageContaining("everybody, accounts or administrators");
    }

    @Test
    void originsAreReadInSmallLetters() {
        assertThat(with(Map.of("parlour.allowed-origins", " https://App.example.org , http://localhost:3000 "))
                        .origins())
                .isEqualTo(Set.of("https://app.example.org", "http://localhost:3000"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "null", "app.example.org", "https://app.example.org/", "https://*.example.org", "ftp://x"})
    void whatIsNoOriginIsRefused(String origins) {
        assertThatThrownBy(() -> with(Map.of("parlour.allowed-origins", origins)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parlour.allowed-origins")
                .hasMessageContaining("allowed is");
    }

    @Test
    void theKeyIsNeverPrinted() {
        var config = with(Map.of("parlour.access-token-key", KEY));

        assertThat(config.accessTokenKey().value()).isEqualTo(KEY);
        assertThat(config.toString()).doesNotContain(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "AAECAwQFBgcICQoLDA0ODw==", "not base64 at all, but rather long!"})
    void aKeyThatIsNoneIsRefusedAndNotPrintedEither(String key) {
        assertThatThrownBy(() -> with(Map.of("parlour.access-token-key", key)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowed is")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(key));
    }

    @Test
    void anIssuerNeedsEitherAKeyOrAPlaceForKeys() {
        var issuer = with(Map.of("parlour.issuer", "https://login", "parlour.issuer-keys", "https://login/keys"))
                .issuer()
                .orElseThrow();

        assertThat(issuer.key()).isEmpty();
        assertThat(issuer.keys().map(Object::toString)).isEqualTo(Optional.of("https://login/keys"));
        assertThatThrownBy(() -> with(Map.of("parlour.issuer", "https://login")))
                .hasMessageContaining("allowed is either parlour.issuer-key or parlour.issuer-keys");
        assertThatThrownBy(() -> with(Map.of(
                        "parlour.issuer", "x", "parlour.issuer-key", "y", "parlour.issuer-keys", "https://login/keys")))
                .hasMessageContaining("allowed is either");
    }

    @ParameterizedTest
    @CsvSource({"file:///etc/keys", "keys", "ftp://login/keys", "'https:// x'"})
    void keysLieSomewhereInTheWeb(String location) {
        assertThatThrownBy(() -> with(Map.of("parlour.issuer", "x", "parlour.issuer-keys", location)))
                .hasMessageContaining("parlour.issuer-keys");
    }

    @ParameterizedTest
    @CsvSource({
        "parlour.access-token-minutes, 1, 60",
        "parlour.login-days, 1, 365",
        "parlour.address-logins-per-minute, 1, 1000000",
        "parlour.address-registrations-per-hour, 1, 1000000",
        "parlour.password-iterations, 100000, 10000000",
        "parlour.password-hashers, 1, 64"
    })
    void bothEndsOfARangeAreTakenAndNothingBeyond(String key, int least, int most) {
        assertThat(with(Map.of(key, Integer.toString(least)))).isNotNull();
        assertThat(with(Map.of(key, Integer.toString(most)))).isNotNull();
        assertThatThrownBy(() -> with(Map.of(key, Integer.toString(least - 1)))).hasMessageContaining("allowed is");
        assertThatThrownBy(() -> with(Map.of(key, Integer.toString(most + 1)))).hasMessageContaining("allowed is");
    }

    @Test
    void withoutAdmissionNobodyHasToWait() {
        var config = with(Map.of("parlour.admission", "off"));

        assertThat(config.logins().isUnlimited()).isTrue();
        assertThat(config.registrations().isUnlimited()).isTrue();
    }

    private static AuthConfig with(Map<String, String> settings) {
        return AuthConfig.from(new HashMap<>(settings)::get);
    }
}
