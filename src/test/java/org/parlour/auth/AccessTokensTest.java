package org.parlour.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
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
import org.parlour.protocol.Username;

class AccessTokensTest {

    private static final byte[] KEY = key(1);
    private static final Account ANN = new Account("a.1", Account.LOCAL, "ann", new Username("ann"), true, false);

    private final EndedLogins ended = new EndedLogins(ChatConfig.defaults());
    private final AccessTokens tokens = new AccessTokens(KEY, ended, ChatConfig.defaults());

    @Test
    void aTokenSaysWhoItIs() throws Exception {
        var issued = tokens.issue(ANN, "session");

        var identity = tokens.identityOf(SignedJWT.parse(issued.token()));

        assertThat(identity).isEqualTo(ANN.identity("session", issued.expiresAt()));
        assertThat(issued.expiresAt())
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(14)),
                        Instant.now().plus(Duration.ofMinutes(15)));
    }

    @Test
    void aTokenOfALoginThatHasEndedIsRefused() throws Exception {
        var here = SignedJWT.parse(tokens.issue(ANN, "here").token());
        var there = SignedJWT.parse(tokens.issue(ANN, "there").token());

        ended.add("here", Instant.now());

        assertThat(refusalOf(here)).isEqualTo(ErrorCode.NOT_AUTHENTICATED);
        assertThat(tokens.identityOf(there).session()).isEqualTo("there");
        assertThat(ended.concern(ANN.identity("here", Instant.now().plusSeconds(900))))
                .isTrue();
        assertThat(ended.concern(ANN.identity("there", Instant.now().plusSeconds(900))))
                .isFalse();
    }

    @Test
    void whenAllLoginsOfAnAccountEndOlderTokensAreRefusedAndNewerOnesAreGood() throws Exception {
        var older = SignedJWT.parse(tokens.issue(ANN, "older").token());

        ended.add(ANN.id(), Instant.now());

        assertThat(refusalOf(older)).isEqualTo(ErrorCode.NOT_AUTHENTICATED);
        var newer = signed(claims().issueTime(Date.from(Instant.now().plusSeconds(2))));
        assertThat(tokens.identityOf(newer).id()).isEqualTo(ANN.id());
    }

    @Test
    void anOldTokenIsToldApartFromAForgedOne() throws Exception {
        assertThat(refusalOf(
                        signed(claims().expirationTime(Date.from(Instant.now().minusSeconds(1))))))
                .isEqualTo(ErrorCode.TOKEN_EXPIRED);
    }

    static Stream<SignedJWT> forged() throws Exception {
        return Stream.of(
                signedWith(JWSAlgorithm.HS256, claims(), key(2)),
                signedWith(JWSAlgorithm.HS512, claims(), Arrays.copyOf(KEY, 64)),
                signed(claims().issuer("somebody")),
                signed(claims().audience("guest")),
                signed(claims().subject(null)),
                signed(claims().expirationTime(null)),
                signed(claims().issueTime(null)),
                signed(claims().notBeforeTime(null)),
                signed(claims().notBeforeTime(Date.from(Instant.now().plusSeconds(60)))),
                signed(claims().claim("adm", "yes")),
                signed(claims().claim("sid", 7)));
    }

    @ParameterizedTest
    @MethodSource("forged")
    void aTokenThatIsNotExactlyOursIsRefused(SignedJWT token) {
        assertThat(refusalOf(token)).isEqualTo(ErrorCode.NOT_AUTHENTICATED);
    }

    private ErrorCode refusalOf(SignedJWT token) {
        return catchThrowableOfType(Refusal.class, () -> tokens.identityOf(token))
                .code();
    }

    private static JWTClaimsSet.Builder claims() {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer("parlour")
                .audience("access")
                .subject("a.1")
                .claim("sid", "session")
                .claim("name", "ann")
                .claim("adm", false)
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)));
    }

    private static SignedJWT signed(JWTClaimsSet.Builder claims) throws Exception {
        return signedWith(JWSAlgorithm.HS256, claims, KEY);
    }

    private static SignedJWT signedWith(JWSAlgorithm algorithm, JWTClaimsSet.Builder claims, byte[] key)
            throws Exception {
        var token = new SignedJWT(new JWSHeader(algorithm), claims.build());
        token.sign(new MACSigner(key));
        return SignedJWT.parse(token.serialize());
    }

    private static byte[] key(int filling) {
        var key = new byte[32];
        Arrays.fill(key, (byte) filling);
        return key;
    }
}
