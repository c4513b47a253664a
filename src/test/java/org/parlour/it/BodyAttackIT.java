package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parlour.testing.MalformedJson;

/** Attack: bodies and headers that are too big, too deep, or two things at once. Outcome: 400, 413 or 415, soon, and no account made. */
class BodyAttackIT extends Attacked {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'username':'NAME','username':'admin','password':'long enough'}",
                "{'username':'admin','username':'NAME','password':'long enough'}",
                "{'username':'NAME','password':'long enough','password':'another one'}",
                "{'username':'NAME','\\u0075sername':'admin','password':'long enough'}",
                "{'username':['NAME'],'password':'long enough'}",
                "{'username':{'value':'NAME'},'password':'long enough'}",
                "{'username':'NAME','password':['long enough']}",
                "{'username':'NAME','password':12345678}",
                "{'username':'NAME','password':true}",
                "{'username':'NAME','password':null}",
                "{'username':null,'password':'long enough'}",
                "{'username':'NAME\\u0000','password':'long enough'}",
                "{'username':'NAME\\uD800','password':'long enough'}",
                "{'username':'NAME','password':'long enough\\u0000'}",
                "[{'username':'NAME','password':'long enough'}]",
                "{'username':'NAME','password':'long enough'}{}",
                "{'username':'NAME','password':'long enough'},",
                "{'username':'NAME','password':'long enough',}",
                "/**/{'username':'NAME','password':'long enough'}",
                "{username:'NAME',password:'long enough'}",
                "\uFEFF{'username':'NAME','password':'long enough'}",
                "{'username':'NAME','password':'long enough','x':NaN}",
                "{'username':'NAME','password':'long enough','x':01}",
                "{'username':'NAME','password':'long enough','x':1e999999999}",
                "username=NAME&password=long+enough",
                "<account><username>NAME</username></account>",
                "\"NAME\"",
                "null",
                "1",
                ""
            })
    void whatCanBeReadInTwoWaysIsNotRead(String body) {
        var name = "of" + Integer.toUnsignedString(body.hashCode(), 5) + "-" + ann;
        var text = body.replace('\'', '"').replace("NAME", name);

        var answer = rest.post("accounts", text);

        if (answer.status() == 201) {
            assertThat(body).as("a number that is never looked at").contains("1e999999999");
            return;
        }
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertTellsNothing(answer.text());
        assertThat(rest.post("sessions", Rest.credentials(name, "long enough")).status())
                .isEqualTo(401);
    }

    static Collection<String> malformed() {
        return MalformedJson.brokenObjects().stream()
                .filter(text -> text.length() < 60_000)
                .toList();
    }

    @ParameterizedTest(name = "[{index}]")
    @MethodSource("malformed")
    void whatIsNoJsonIsNotRead(String body) {
        var answer = rest.post("sessions", body);

        assertThat(answer.status()).as(answer.text()).isIn(400, 401, 413);
        assertTellsNothing(answer.text());
    }

    @ParameterizedTest
    @CsvSource({"70000, 413", "1000000, 413"})
    void aBodyIsReadOnlySoFar(int length, int status) {
        var begun = System.nanoTime();

        var answer = rest.post("sessions", "{\"username\":\"" + "x".repeat(length) + "\"}");

        assertThat(answer.status()).isEqualTo(status);
        assertTellsNothing(answer.text());
        assertThat(System.nanoTime() - begun).isLessThan(5_000_000_000L);
    }

    @Test
    void aBodyWithoutEndIsNotWaitedFor() throws Exception {
        var request = HttpRequest.newBuilder(base.resolve("api/v1/sessions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(Zeros::new))
                .build();

        try {
            var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(413);
        } catch (IOException hungUp) {
            // The server need not listen to all of it before it closes.
            assertThat(RawHttp.send(base, "GET", "/").status()).isEqualTo(200);
        }
    }

    /** A hundred megabytes. */
    private static final class Zeros extends InputStream {

        private int left = 100 << 20;

        @Override
        public int read() {
            return left-- > 0 ? '0' : -1;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"a\":["})
    void nestingIsFollowedOnlySoDeep(String opening) {
        var deep = "{\"x\":" + opening.repeat(60_000 / opening.length());

        assertThat(rest.post("sessions", deep).status()).isEqualTo(400);
        var client = full();
        client.send("{\"type\":\"Message\",\"content\":\"x\",\"ref\":\"d\",\"x\":" + opening.repeat(2_000));
        assertThat(client.next("Error").getString("code")).isEqualTo("BAD_MESSAGE");
        client.send("{\"type\":\"Ping\",\"ref\":\"p\"}");
        client.next("Pong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-32", "ISO-8859-1", "UTF-7"})
    void anotherAlphabetIsNotGuessed(String charset) throws Exception {
        var body = "{\"username\":\"caf\u00E9\",\"password\":\"long enough\"}";
        var bytes = Charset.isSupported(charset)
                ? body.getBytes(Charset.forName(charset))
                : body.replace("{", "+AHs-").getBytes(StandardCharsets.US_ASCII);

        assertThat(posted(bytes, "application/json; charset=" + charset, "X", "x"))
                .isIn(400, 415);
        assertThat(posted(bytes, "application/json", "X", "x")).isEqualTo(400);
    }

    @Test
    void aBombIsNotUnpacked() throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 200; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }

        for (var encoding : new String[] {"gzip", "deflate", "br", "identity, gzip", "x"}) {
            assertThat(posted(packed.toByteArray(), "application/json", "Content-Encoding", encoding))
                    .isIn(400, 413, 415);
        }
    }

    private int posted(byte[] body, String type, String header, String value) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(base + "api/v1/accounts"))
                .header("Content-Type", type)
                .header(header, value)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Accept | x",
                "Accept | x/y/z",
                "Accept | ;;;",
                "Accept | text/html;q=abc",
                "Accept | application/json;q=-1",
                "Accept | application/json;q=99999999999999999999",
                "Accept | ../../etc/passwd",
                "Accept | text/xml",
                "Accept-Language | x-\u00FF;;q=z",
                "Accept-Language | a_b_c_d_e_f",
                "Accept-Encoding | ;;,;,q=q",
                "Accept-Charset | x;q=q",
                "Content-Type | x",
                "Content-Type | application/json/../text",
                "Content-Type | application/json; charset=x\"y",
                "Content-Type | application/json; charset=nothing",
                "Content-Type | application/json; a",
                "Content-Type | ;",
                "Content-Language | \u00FF;;",
                "Cookie | parlour-refresh",
                "Cookie | =;=;=",
                "Cookie | parlour-refresh=\u00FF",
                "Cookie | $Version=x; parlour-refresh=\"\\\"",
                "If-Modified-Since | x",
                "If-None-Match | \"\\",
                "Range | bytes=9-0,-1-,x",
                "Expect | x",
                "Content-MD5 | x",
                "Date | yesterday",
                "X-Forwarded-Proto | javascript",
                "X-Forwarded-Port | -1"
            })
    void aHeaderThatCannotBeReadIsNobodysTrouble(String name, String value) throws IOException {
        var login = RawHttp.exchange(
                base,
                "POST /api/v1/sessions HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nConnection: close\r\n"
                        + (name.equals("Content-Type") ? "" : "Content-Type: application/json\r\n")
                        + "Content-Length: 2\r\n" + name + ": " + value + "\r\n\r\n{}");
        var me = RawHttp.send(
                base,
                "GET",
                "/api/v1/me",
                name + ": " + value,
                "Authorization: Bearer " + anns.getString("accessToken"));
        var page = RawHttp.send(base, "GET", "/", name + ": " + value);

        assertThat(login.status()).as(login.text()).isIn(400, 406, 415, 417);
        assertThat(me.status()).as(me.text()).isIn(200, 400, 406, 415, 417);
        assertThat(page.status()).as(page.text()).isIn(200, 206, 304, 400, 416, 417);
        assertTellsNothing(login.text());
        assertTellsNothing(me.text());
    }
}
