package org.parlour.socket;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parlour.testing.HostileStrings;

class RequestRefTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"Message\",\"content\":\"x\",\"ref\":\"r-1\"}",
                "{\"ref\":\"r-1\",\"type\":\"Message\",\"content\":\"x\"}",
                " \n{ \"ref\" :\t\"r-1\" , \"type\":\"Who\" }",
                "{\"type\":\"Message\",\"content\":\"\\\"ref\\\":\\\"other\\\"\",\"ref\":\"r-1\"}"
            })
    void aRefIsFoundWhereverItStands(String frame) {
        assertThat(RequestRef.in(frame)).isEqualTo("r-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "my \"ref\":\"is mine\"",
                "/me \"ref\":\"r\"",
                "{\"type\":\"Message\",\"content\":\"x\"}",
                "{\"type\":\"Message\",\"content\":\"\\\"ref\\\":\\\"other\\\"\"}",
                "{\"type\":\"Message\",\"content\":\"a \\\"ref\"}",
                "{\"ref\":7}",
                "{\"ref\":\"\"}",
                "{\"ref\":\"\\u0041\"}",
                "{\"ref\":\"no end",
                "{\"ref\":\"1234567890123456789012345678901234567890123456789012345678901234+\"}"
            })
    void whatIsNoPlainRefIsNone(String frame) {
        assertThat(RequestRef.in(frame)).isNull();
    }

    @Test
    void whateverIsSaidTheRefIsTheRequests() {
        for (var said : HostileStrings.all()) {
            var frame = Json.createObjectBuilder()
                    .add("type", "Message")
                    .add("content", said + "\"ref\":\"said\"" + said)
                    .add("ref", "asked")
                    .build()
                    .toString();

            assertThat(RequestRef.in(frame)).as(said).isEqualTo("asked");
        }
    }
}
