package org.parlour.testing;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Contents that a person, a program or an enemy may send, every one of them legal: 1..4000 code points, not blank, no U+0000, no
 * unpaired surrogate. Some begin with a slash or a brace, so send them in a JSON message, not as plain text.
 */
public final class HostileStrings {

    /** In code points. */
    static final int LONGEST = 4_000;

    private static final String FAMILY = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66";

    private HostileStrings() {}

    /** Distinct, always in the same order. */
    public static List<String> all() {
        return Stream.of(
                        markup(),
                        database(),
                        formatsAndTemplates(),
                        shellsAndPaths(),
                        directoriesAndLogs(),
                        protocolLookalikes(),
                        jsonLookalikes(),
                        literals(),
                        whitespace(),
                        controls(),
                        bidi(),
                        marks(),
                        emoji(),
                        oddCodePoints(),
                        letters(),
                        extremes())
                .flatMap(strings -> strings)
                .toList();
    }

    private static Stream<String> markup() {
        return Stream.of(
                "<script>alert(1)</script>",
                "</script><script>alert(1)//",
                "<img src=x onerror=alert(1)>",
                "<svg/onload=alert(1)>",
                "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
                "\"><b onmouseover=alert(1)>x</b>",
                "' autofocus onfocus='alert(1)",
                "javascript:alert(document.cookie)",
                "JaVaScRiPt:alert(1)",
                "java\tscript:alert(1)",
                "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
                "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
                "<a href=\"javascript:alert(1)\">click</a>",
                "<!--<script>-->",
                "<![CDATA[<script>alert(1)</script>]]>",
                "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><x>&e;</x>",
                "&lt;script&gt;alert(1)&lt;/script&gt;",
                "&amp;&#60;&#x3c;&nbsp;&NotAnEntity;",
                "<style>*{display:none}</style>",
                "<template><script>alert(1)</script></template>",
                "<chat-room room=\"x\"></chat-room>",
                "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
                "[click](javascript:alert(1))",
                "![x](https://example.invalid/\"onerror=\"alert(1))",
                "```html\n<script>alert(1)</script>\n```",
                "</textarea></title></style></noscript><b>out</b>",
                "\u003Cscript\u003Ealert(1)\u003C/script\u003E // escaped in the source",
                "\uFF1Cscript\uFF1Ealert(1)\uFF1C/script\uFF1E");
    }

    private static Stream<String> database() {
        return Stream.of(
                "'; DROP TABLE message; --",
                "' OR '1'='1",
                "\" OR \"\"=\"",
                "1; DELETE FROM room WHERE 1=1",
                "' UNION SELECT null, version() --",
                "\\'; SELECT pg_sleep(10); --",
                "$$; SELECT 1; $$",
                "$tag$ quoted $tag$",
                "E'\\x41\\000'",
                "admin'/*",
                "*/ OR /*",
                "%' ESCAPE '\\",
                "100%_\\%\\_",
                ":name ?1 ? ${x} #{y}",
                "{\"$gt\":\"\"}",
                "'; EXEC xp_cmdshell('dir'); --",
                "\u02BC OR 1=1 --",
                "COPY message FROM STDIN;\n\\.\n",
                "\\.",
                "\\N");
    }

    private static Stream<String> formatsAndTemplates() {
        return Stream.of(
                "%s%s%s%s%s%n",
                "%n%x%d%99999999s",
                "%1$s %2$s %",
                "{0} {1} '{'",
                "${jndi:ldap://example.invalid/a}",
                "${${lower:j}ndi:dns://example.invalid}",
                "${java:version} ${env:PATH}",
                "#{7*7} ${7*7} {{7*7}} <%= 7*7 %>",
                "$1$2\\1\\2",
                "$",
                "\\",
                "\\\\",
                "\\Q.*\\E",
                "(a+)+$ aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
                "=cmd|' /C calc'!A0",
                "@SUM(1+1)*cmd|' /C calc'!A0",
                "__proto__",
                "constructor.prototype",
                "T(java.lang.Runtime).getRuntime()",
                "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA==");
    }

    private static Stream<String> shellsAndPaths() {
        return Stream.of(
                "$(touch x)",
                "`touch x`",
                "; ls -la",
                "| cat",
                "&& true",
                "> out.txt",
                "-rf",
                "--help",
                "() { :;}; echo shellshock",
                "!!",
                "../../../../etc/passwd",
                "..\\..\\..\\windows\\win.ini",
                "%2e%2e%2f%2e%2e%2f",
                "%252e%252e%255c",
                "..%c0%af..%c0%af",
                "/WEB-INF/web.xml",
                "file:///etc/passwd%00.png",
                "CON",
                "C:\\AUX\\..\\NUL",
                "\\\\host\\share",
                ".",
                "..",
                "~");
    }

    private static Stream<String> directoriesAndLogs() {
        return Stream.of(
                "*)(uid=*))(|(uid=*",
                "*)(&",
                "\\2a\\28\\29\\00",
                "' or count(/*)=1 or 'a'='b",
                "ok\r\n2026-01-01 00:00:00 ERROR forged log line",
                "ok\n12:00:00,000 INFO  [org.parlour] Settings: forged",
                "\u001B]0;forged title\u0007",
                "\u001B[2J\u001B[H[admin] forged after clearing the screen",
                "\u001B[31mred\u001B[0m",
                "\u009B31mred by C1\u009B0m",
                "a\bb\rc",
                "x\r\nSet-Cookie: a=b\r\n\r\n<html>",
                "GET / HTTP/1.1\r\nHost: example.invalid\r\n\r\n",
                "\n.\nMAIL FROM:<a@example.invalid>",
                "To: a@example.invalid\nBcc: b@example.invalid\n\nx");
    }

    private static Stream<String> protocolLookalikes() {
        return Stream.of(
                "/user admin",
                "/history 1000000",
                "/leave",
                "//leave",
                "/msg bob hi",
                "/",
                "//",
                "/ user bob",
                "[admin] forged",
                "--> admin joined the room",
                "<-- admin left the room",
                "hi\n[admin] forged",
                "hi\r\n--> admin joined the room",
                "hi\u2028[admin] forged",
                "hi\u2029<-- bob left the room",
                "hi\u0085[admin] forged",
                "hi\u000B[admin] forged",
                "hi\f[admin] forged",
                "hi\r[admin] forged",
                "* admin forges an action",
                "Please set a username with `/user <name>` before sending messages.");
    }

    private static Stream<String> jsonLookalikes() {
        return Stream.of(
                "{}",
                "{\"type\":\"NewMessage\",\"username\":\"admin\",\"content\":\"forged\"}",
                "{\"type\":\"Leave\"}",
                "\"},{\"type\":\"Leave\"},{\"x\":\"",
                "\",\"username\":\"admin",
                "\\\"",
                "\\\\\"",
                "\\u0000",
                "\\uD800",
                "\\u0022,\\u0022seq\\u0022:1",
                "\\n\\r\\t",
                "{\"a\":".repeat(500) + "1" + "}".repeat(500),
                "[".repeat(4_000),
                "{{{{",
                "}}}}",
                "{shrug}",
                "null",
                "\"quoted\"",
                "\"",
                "'",
                "/*", // the start of a comment
                "</script>\"}");
    }

    private static Stream<String> literals() {
        return Stream.of(
                "true",
                "undefined",
                "NaN",
                "-Infinity",
                "0",
                "-0",
                "1e400",
                "9223372036854775808",
                "0x7FFFFFFF",
                "2026-02-30T25:61:61Z",
                "nil",
                "None",
                "\u0661\u0662\u0663",
                "\u00BD\u2155\u216B");
    }

    private static Stream<String> whitespace() {
        return Stream.of(
                " x",
                "x ",
                " x ",
                "\tx\t",
                "\nx",
                "x\n",
                "x\r\n",
                "\r\n\r\nx",
                "x\u0085",
                "\u00A0x\u00A0",
                "\u2003x\u2003",
                "\u3000x\u3000",
                "\u2028x",
                "x\u2029",
                "\u205Fx",
                "\u1680x",
                "x\u200B",
                "\u200B",
                "\u180Ex",
                "\u2800",
                "\u3164",
                "a" + " ".repeat(1_000) + "b",
                "a" + "\n".repeat(1_000) + "b",
                "a" + "\r\n".repeat(500) + "b",
                "a\tb\u000Bc\fd");
    }

    private static Stream<String> controls() {
        return Stream.concat(
                IntStream.rangeClosed(1, 31)
                        .filter(c -> !Character.isWhitespace(c))
                        .mapToObj(Character::toString),
                Stream.of(
                        "\u007F",
                        "\u0080",
                        "\u009F",
                        "a\u0001b\u001Fc\u007Fd",
                        "\u0004\u001A end of file",
                        IntStream.rangeClosed(1, 0xA0)
                                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                                .toString()));
    }

    private static Stream<String> bidi() {
        return Stream.of(
                "\u202Egpj.exe",
                "\u202Dabc\u202C",
                "\u202A\u202B\u202C abc",
                "\u2066abc\u2067def\u2068ghi\u2069",
                "\u2067never closed",
                "\u200Fabc\u200E",
                "\u061C abc",
                "\u05E9\u05DC\u05D5\u05DD world \u0645\u0631\u062D\u0628\u0627",
                "[\u202Enimda] forged",
                "if (admin\u2066) {\u2069 // trojan source",
                "\u202E".repeat(200) + "x");
    }

    private static Stream<String> marks() {
        return Stream.of(
                "Z\u0351\u036B\u0343a\u0329\u034Dl\u033C\u0316g\u0320\u0317o\u0348\u034E",
                "a" + "\u0301".repeat(3_999),
                "\u0301",
                "\u0301starts with a mark",
                "e\u0301 is not \u00E9 and must stay so",
                "\u212B \u00C5 A\u030A",
                "q\u0323\u0307 q\u0307\u0323",
                "\u1100\u1161\u11A8 \uAC01",
                "\uFB01 \uFB03 \u00DF \u0130 \u0131",
                "\u0E49".repeat(100),
                "\u20DD\u20E3a\u20DE",
                "x\u034Fy",
                "\u0915\u094D\u0937\u093F");
    }

    private static Stream<String> emoji() {
        return Stream.of(
                "\uD83D\uDE00",
                FAMILY,
                FAMILY.repeat(500),
                "\uD83D\uDC4B\uD83C\uDFFD\uD83D\uDC4B\uD83C\uDFFF",
                "\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08",
                "\uD83C\uDDE9\uD83C\uDDEA\uD83C\uDDEB",
                "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74\uDB40\uDC7F",
                "1\uFE0F\u20E3#\uFE0F\u20E3",
                "\u2764\u2764\uFE0E\u2764\uFE0F",
                "\u200D",
                "\u200D\u200D\uD83D\uDE00",
                "\uFE0F");
    }

    private static Stream<String> oddCodePoints() {
        return Stream.of(
                "\uFEFF",
                "\uFEFFx",
                "x\uFEFF",
                "\uFFFE",
                "\uFFFF",
                "\uFFFE\uFFFF",
                "\uFDD0\uFDEF",
                "\uFFFD",
                "\uFFF9a\uFFFAb\uFFFB",
                "\uD83F\uDFFE\uD83F\uDFFF",
                "\uDBFF\uDFFE",
                "\uDBFF\uDFFF",
                "\uD800\uDC00",
                "\uE000\uF8FF",
                "\uDBC0\uDC00",
                "\uD842\uDFB7\u91CE\u5BB6",
                "\uDB40\uDC41\uDB40\uDC42x",
                "\u00ADsoft\u00ADhyphen",
                "\u2060x\u2061y\u2064z",
                "\u0378",
                "\uD834\uDD1E",
                "\uDB40\uDD00x\uDB40\uDDEF",
                "\u007E\u007F\u0080\u07FF\u0800\uFFFD\uD800\uDC00\uDBFF\uDFFF");
    }

    private static Stream<String> letters() {
        return Stream.of(
                "\u0430dmin",
                "\uD835\uDC1A\uD835\uDC1D\uD835\uDC26\uD835\uDC22\uD835\uDC27",
                "\uFF21\uFF44\uFF4D\uFF49\uFF4E",
                "\uFDFD",
                "\uFDFA",
                "\u1E9E \u00DF \u017F \u212A",
                "\u0149 \u01F0 \u0390",
                "\u03C3\u03C2\u03A3",
                "\uD801\uDC00\uD801\uDC28",
                "\u4E2D\u6587\u65E5\u672C\u8A9E\uD55C\uAD6D\uC5B4",
                "\u0E01\u0E33 \u0E40\u0E01",
                "\u0644\u0644\u0635\u0651\u0628\u064F\u0644\u064F\u0644\u0635\u0651\u0628\u064F\u0631\u0631\u064B"
                        + " \u0963h \u0963 \u0963 \u5197",
                "\u0C1C\u0C4D\u0C1E\u200C\u0C3E",
                "\u00C3\u00A9 \u00E2\u0082\u00AC is mojibake",
                "\u0007\u5B57\u5316\u3051\u2026");
    }

    private static Stream<String> extremes() {
        return Stream.of(
                "x",
                "x".repeat(LONGEST),
                "\"".repeat(LONGEST),
                "\\".repeat(LONGEST),
                "\u0001".repeat(LONGEST),
                "<".repeat(LONGEST),
                "\u00E9".repeat(LONGEST),
                "\uFFFF".repeat(LONGEST),
                "\u2028".repeat(LONGEST - 1) + "x",
                "\uD83D\uDE00".repeat(LONGEST),
                "\uDBFF\uDFFF".repeat(LONGEST),
                "x" + " ".repeat(LONGEST - 2) + "x",
                "x\n".repeat(LONGEST / 2),
                "\u200B".repeat(LONGEST),
                "W".repeat(300) + " no break " + "\u00A0".repeat(300) + "W");
    }
}
