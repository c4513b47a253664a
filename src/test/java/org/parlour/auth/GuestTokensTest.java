package org.parlour.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parlour.config.ChatConfig;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;

class GuestTokensTest {

    private static final byte[] KEY = key(1);

    private final GuestTokens tokens = new GuestTokens(KEY, ChatConfig.defaults());

    @Test
    void aTokenBringsTheSameGuestBack() {
        var guest = tokens.newGuest();

        assertThat(tokens.guestOf(tokens.issue(guest))).isEqualTo(guest);
    }

    @Test
    void noTwoGuestsAreTheSame() {
        assertThat(Stream.generate(tokens::newGuest).limit(10_000)).doesNotHaveDuplicates();
    }

    @Test
    void anOldTokenIsToldApartFromAForgedOne() throws Exception {
        var old = signed(claims().expirationTime(Date.from(Instant.now().minusSeconds(1))), KEY);

        assertThat(refusalOf(old).code()).isEqualTo(ErrorCode.TOKEN_EXPIRED);
    }

    static Stream<String> forged() throws Exception {
        var good = signed(claims(), KEY);
        return Stream.of(
                "",
                "x",
                "..",
                "a.b.c",
                "x".repeat(100_000),
                good + "x",
                good.substring(0, good.length() - 1),
                good.substring(0, good.lastIndexOf('.') + 1),
                swapped(good, 1, swapped(good, 0, "e30").split("\\.")[0]),
                new PlainJWT(claims().build()).serialize(),
                signed(claims(), key(2)),
                signed(claims().audience("access"), KEY),
                signed(claims().audience((String) null), KEY),
                signed(claims().subject(null), KEY),
                signed(claims().subject("admin"), KEY),
                signed(claims().subject("x".repeat(64)), KEY),
                signed(claims().expirationTime(null), KEY),
                signedWith(JWSAlgorithm.HS512, claims(), twice(KEY)));
    }

    @ParameterizedTest
    @MethodSource("forged")
    void aTokenThatIsNotExactlyOursIsRefused(String token) {
        var refusal = refusalOf(token);

        assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_AUTHENTICATED);
        assertThat(refusal.answer().field()).isEqualTo("token");
    }

    private Refusal refusalOf(String token) {
        var refusal = catchThrowableOfType(Refusal.class, () -> tokens.guestOf(token));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .subject("DzgGEcGiESrQu69Q")
                .audience("guest")
                .expirationTime(Date.from(Instant.now().plusSeconds(60)));
    }

    private static String signed(JWTClaimsSet.Builder claims, byte[] key) throws Exception {
        return signedWith(JWSAlgorithm.HS256, claims, key);
    }

    private static String signedWith(JWSAlgorithm algorithm, JWTClaimsSet.Builder claims, byte[] key) throws Exception {
        var token = new SignedJWT(new JWSHeader(algorithm), claims.build());
        token.sign(new MACSigner(key));
        return token.serialize();
    }

    private static String swapped(String token, int part, String other) {
        var parts = token.split("\\.");
        parts[part] = other;
        return String.join(".", parts);
    }

    private static byte[] key(int filling) {
        var key = new byte[32];
        Arrays.fill(key, (byte) filling);
        return key;
    }

    private static byte[] twice(byte[] key) {
        var longer = Arrays.copyOf(key, 2 * key.length);
        System.arraycopy(key, 0, longer, key.length, key.length);
        return longer;
    }
}
