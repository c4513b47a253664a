package org.parlour.it;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What can be made of a good token (HS256) by somebody who does not know the key: each by the name of the trick. */
final class ForgedTokens {

    private static final byte[] GUESSED = "secretsecretsecretsecretsecretse".getBytes(StandardCharsets.UTF_8);

    private final String[] parts;
    private final JsonObject claims;
    private final Map<String, String> forged = new LinkedHashMap<>();

    private ForgedTokens(String token) {
        parts = token.split("\\.");
        claims = ChatClient.json(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
    }

    /** @param other another good token, of another kind or person */
    static Map<String, String> of(String token, String other) {
        var tokens = new ForgedTokens(token);
        tokens.unsigned();
        tokens.signedWithAGuess();
        tokens.changed();
        tokens.cutAndPasted(token, other);
        return tokens.forged;
    }

    private void unsigned() {
        for (var name : new String[] {"none", "None", "NONE", "nOnE", "none ", "", "null"}) {
            var header = encoded("{\"alg\":\"" + name + "\"}");
            forged.put("alg " + name, header + "." + parts[1] + ".");
            forged.put("alg " + name + " and the signature", header + "." + parts[1] + "." + parts[2]);
        }
        forged.put("no alg", encoded("{}") + "." + parts[1] + "." + parts[2]);
        forged.put("alg as a number", encoded("{\"alg\":0}") + "." + parts[1] + "." + parts[2]);
        forged.put("alg twice", encoded("{\"alg\":\"HS256\",\"alg\":\"none\"}") + "." + parts[1] + ".");
        for (var name : new String[] {"HS384", "HS512", "RS256", "ES256", "PS256", "EdDSA", "hs256"}) {
            forged.put(
                    "alg " + name + " and the signature",
                    encoded("{\"alg\":\"" + name + "\"}") + "." + parts[1] + "." + parts[2]);
        }
    }

    private void signedWithAGuess() {
        forged.put("a guessed key", signed("{\"alg\":\"HS256\"}", GUESSED));
        forged.put("a key of one zero", signed("{\"alg\":\"HS256\"}", new byte[1]));
        forged.put("a key of 32 zeros", signed("{\"alg\":\"HS256\"}", new byte[32]));
        var keyIds = new TreeMap<>(Map.of(
                "a path", "\"../../../../../../dev/null\"",
                "a command", "\"| touch x\"",
                "SQL", "\"x' UNION SELECT 'AAAA' --\"",
                "nothing", "\"\"",
                "null", "null",
                "a list", "[\"a\",\"b\"]",
                "a record", "{\"k\":\"v\"}",
                "unknown", "\"two\"",
                "long", "\"" + "k".repeat(2_000) + "\""));
        keyIds.forEach((what, id) ->
                forged.put("kid: " + what, signed("{\"alg\":\"HS256\",\"kid\":" + id + "}", new byte[1])));
        var key = Base64.getUrlEncoder().withoutPadding().encodeToString(GUESSED);
        forged.put(
                "jwk: its own key",
                signed("{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"" + key + "\"}}", GUESSED));
        forged.put("jku", signed("{\"alg\":\"HS256\",\"jku\":\"http://127.0.0.1:1/keys\"}", GUESSED));
        forged.put("x5u", signed("{\"alg\":\"HS256\",\"x5u\":\"http://127.0.0.1:1/cert\"}", GUESSED));
        forged.put("crit", signed("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}", GUESSED));
        forged.put("zip", signed("{\"alg\":\"HS256\",\"zip\":\"DEF\"}", GUESSED));
        forged.put("b64", signed("{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}", GUESSED));
    }

    private void changed() {
        var claim = new TreeMap<String, UnaryOperator<String>>();
        claim.put(
                "sub of somebody else", text -> text.replaceFirst("\"sub\":\"[^\"]*", "\"sub\":\"a.AAAAAAAAAAAAAAAA"));
        claim.put(
                "adm true", text -> text.replaceFirst("^\\{", "{\"adm\":true,").replace(",\"adm\":false", ""));
        claim.put("exp in a hundred years", text -> text.replaceFirst("\"exp\":\\d+", "\"exp\":4900000000"));
        claim.put("no exp", text -> text.replaceFirst(",?\"exp\":\\d+", ""));
        claim.put("another aud", text -> text.replaceFirst("\"aud\":\"[^\"]*", "\"aud\":\"other"));
        claim.put("another name", text -> text.replaceFirst("^\\{", "{\"name\":\"admin\","));
        claim.put("another iss", text -> text.replaceFirst("^\\{", "{\"iss\":\"https://evil.example\","));
        claim.put("a blank more", text -> text + " ");
        claim.forEach((what, change) -> forged.put(
                "changed: " + what, parts[0] + "." + encoded(change.apply(claims.toString())) + "." + parts[2]));
        claim.forEach((what, change) -> forged.put(
                "guessed key: " + what,
                signed("{\"alg\":\"HS256\"}", encoded(change.apply(claims.toString())), GUESSED)));
    }

    private void cutAndPasted(String token, String other) {
        var others = other.split("\\.");
        var end = token.length();
        forged.put("no signature", parts[0] + "." + parts[1] + ".");
        forged.put("no signature, no dot", parts[0] + "." + parts[1]);
        forged.put("the header", parts[0]);
        forged.put("half of it", token.substring(0, end / 2));
        forged.put("half a signature", token.substring(0, end - parts[2].length() / 2));
        forged.put("a signature twice", token + parts[2]);
        forged.put("four parts", token + "." + parts[2]);
        forged.put("five parts", token + "..");
        forged.put("a signature in other letters", parts[0] + "." + parts[1] + "." + swapped(parts[2]));
        forged.put("another one's signature", parts[0] + "." + parts[1] + "." + others[others.length - 1]);
        forged.put("two tokens", token + "," + other);
        forged.put("dots", "..");
        forged.put("letters and dots", "a.b.c");
        forged.put("quoted", "\"" + token + "\"");
        forged.put("in angle brackets", "<" + token + ">");
        forged.put("sixteen times", token.repeat(16));
    }

    private static String swapped(String text) {
        return text.equals(text.toLowerCase()) ? text.toUpperCase() : text.toLowerCase();
    }

    private String signed(String header, byte[] key) {
        return signed(header, parts[1], key);
    }

    private static String signed(String header, String payload, byte[] key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            var text = encoded(header) + "." + payload;
            return text + "."
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
