package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tests have said and shown is found in a log where it stands, and nowhere else. */
class LogSearchTest {

    @TempDir
    private Path directory;

    private Path notes;

    @BeforeEach
    void talk() throws IOException {
        notes = directory.resolve("notes.txt");
        Confidential.begin(notes);
        Confidential.frame("{\"type\":\"Message\",\"content\":\"the plan for Tuesday\",\"ref\":\"reference-4711\"}");
        Confidential.frame("we meet at the old mill");
        Confidential.frame("/me opens the envelope");
        Confidential.frame("/user somebody-with-a-name");
        Confidential.frame("hello");
        Confidential.frame("-".repeat(80));
        Confidential.json("{\"username\":\"somebody\",\"password\":\"open sesame, please\"}");
        Confidential.json("{\"members\":[{\"refreshToken\":\"b3BlbnNlc2FtZQ.c2VzYW1lLW9wZW4\"}]}");
        Confidential.header("authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0zz.c2lnbmF0dXJl");
        Confidential.header("Authorization", "Basic YW5uOmEgcGFzc3dvcmQgb2YgYW5u");
        Confidential.header("Set-Cookie", "parlour-refresh=Y29va2llLWNvb2tpZQ.Y29va2llLWNvb2s; HttpOnly");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "said: the plan for Tuesday",
                "{\"content\":\"the plan for Tuesday\"}",
                "we meet at the old mill",
                "opens the envelope",
                "password=open sesame, please",
                "token c2VzYW1lLW9wZW4",
                "eyJhbGciOiJIUzI1NiJ9",
                "...c2lnbmF0dXJl",
                "a password of ann",
                "YW5uOmEgcGFzc3dvcmQgb2YgYW5u",
                "Y29va2llLWNvb2tpZQ"
            })
    void whatIsConfidentialIsFound(String logged) throws IOException {
        assertThat(new LogSearch(notes).in(log("12:00:00 INFO Settings", "12:00:01 ERROR " + logged + " and so on")))
                .singleElement()
                .asString()
                .contains("server.log:2 shows a ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "somebody-with-a-name", "reference-4711", "the plan for Wednesday"})
    void whatIsNotIsNotFound(String logged) throws IOException {
        assertThat(new LogSearch(notes).in(log(logged, "-".repeat(100)))).isEmpty();
    }

    private Path log(String... lines) throws IOException {
        return Files.writeString(directory.resolve("server.log"), String.join("\n", lines) + "\n");
    }
}
