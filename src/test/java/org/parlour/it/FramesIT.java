package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.it.RawClient.BINARY;
import static org.parlour.it.RawClient.CLOSE;
import static org.parlour.it.RawClient.CONTINUATION;
import static org.parlour.it.RawClient.PING;
import static org.parlour.it.RawClient.PONG;
import static org.parlour.it.RawClient.TEXT;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames, right and wrong ones, on the deployed server. */
class FramesIT extends DeployedWar {

    private static final int LIMIT = 65_536;

    private RawClient raw;
    private ChatClient witness;

    @BeforeEach
    void aWitness() throws IOException {
        witness = plain().as("witness");
        raw = RawClient.connect(base, room);
        raw.say("/user raw");
        witness.next("UserJoined");
    }

    @AfterEach
    void leave() throws IOException {
        raw.close();
        witness.close();
    }

    @Test
    void aPingIsAnsweredWithItsPayloadAndTheConnectionStays() throws IOException {
        raw.send(PING, true, "are you there".getBytes(StandardCharsets.UTF_8));

        assertThat(raw.read(PONG).text()).isEqualTo("are you there");
        assertStillTalking();
    }

    @Test
    void anUnaskedPongIsIgnored() throws IOException {
        raw.send(PONG, true, new byte[] {1, 2, 3});

        assertStillTalking();
    }

    @Test
    void fragmentsAreOneMessageAlsoWhereACharacterIsCutAndAPingComesBetween() throws IOException {
        var bytes = "grüße \uD83D\uDE00 aus Köln".getBytes(StandardCharsets.UTF_8);

        for (int i = 0; i < bytes.length; i++) {
            raw.send(i == 0 ? TEXT : CONTINUATION, i == bytes.length - 1, new byte[] {bytes[i]});
            if (i == 3) {
                raw.send(PING, true, new byte[0]);
            }
        }

        assertThat(witness.nextContent()).isEqualTo("grüße \uD83D\uDE00 aus Köln");
    }

    @Test
    void emptyFragmentsAreHarmless() throws IOException {
        raw.send(TEXT, false, new byte[0]);
        raw.send(CONTINUATION, false, "x".getBytes(StandardCharsets.UTF_8));
        raw.send(CONTINUATION, true, new byte[0]);

        assertThat(witness.nextContent()).isEqualTo("x");
    }

    @Test
    void aBinaryFrameIsRefusedWith1003() throws IOException {
        raw.send(BINARY, true, new byte[] {1, 2, 3});

        assertThat(raw.read(CLOSE).closeCode()).isEqualTo(1003);
        assertThatItLeft();
    }

    @Test
    void exactly64KiBIsNotTooBig() throws IOException {
        raw.send(TEXT, true, message(LIMIT));

        assertThat(raw.read(TEXT).text()).contains("CONTENT_TOO_LONG");
        assertStillTalking();
    }

    @Test
    void oneByteMoreThan64KiBIsRefusedWith1009() throws IOException {
        raw.send(TEXT, true, message(LIMIT + 1));

        assertThat(raw.read(CLOSE).closeCode()).isEqualTo(1009);
        assertThatItLeft();
    }

    @Test
    void theLimitCountsBytesAndNotCharacters() throws IOException {
        raw.send(TEXT, true, "ü".repeat(LIMIT / 2 + 1).getBytes(StandardCharsets.UTF_8));

        assertThat(raw.read(CLOSE).closeCode()).isEqualTo(1009);
    }

    @Test
    void fragmentsDoNotGetAroundTheLimit() throws IOException {
        var part = message(10_000);

        raw.send(TEXT, false, part);
        for (int i = 0; i < 6; i++) {
            raw.send(CONTINUATION, false, part);
        }

        assertThat(raw.read(CLOSE).closeCode()).isEqualTo(1009);
        assertThatItLeft();
    }

    @Test
    void anEndlessMessageIsCutOffLongBeforeItFillsTheMemory() throws IOException {
        var part = message(1_000_000);
        var limit = 400;

        var sent = 0;
        try {
            for (raw.send(TEXT, false, part); sent < limit; sent++) {
                raw.send(CONTINUATION, false, part);
            }
        } catch (IOException cutOff) {
            assertThat(sent).as("megabytes that the server took").isLessThan(limit);
        }

        assertThatItLeft();
        assertThat(plain().as("newcomer").isOpen()).isTrue();
    }

    @Test
    void oneHugeFrameIsCutOffToo() throws IOException {
        try {
            raw.send(TEXT, true, message(40_000_000));
            assertThat(raw.read(CLOSE).closeCode()).isEqualTo(1009);
        } catch (SocketException cutOff) {
            assertThat(cutOff).hasMessageMatching("(?i).*(reset|broken pipe|closed).*");
        }

        assertThatItLeft();
    }

    @Test
    void invalidUtf8IsRefusedWith1007() throws IOException {
        raw.send(TEXT, true, new byte[] {'a', (byte) 0xC3, (byte) 0x28});

        assertThat(raw.read(CLOSE).closeCode()).isEqualTo(1007);
        assertThatItLeft();
    }

    @Test
    void aSurrogateInUtf8IsInvalidToo() throws IOException {
        raw.send(TEXT, true, new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});

        assertThat(raw.read(CLOSE).closeCode()).isEqualTo(1007);
    }

    @Test
    void aBlankFrameIsIgnored() throws IOException {
        raw.say("");
        raw.say(" \t\r\n ");

        assertStillTalking();
    }

    @Test
    void aConnectionThatEndsWithoutAWordIsALeave() throws IOException {
        raw.close();

        assertThatItLeft();
    }

    private void assertStillTalking() throws IOException {
        raw.say("still here");
        assertThat(witness.nextContent()).isEqualTo("still here");
    }

    private void assertThatItLeft() {
        assertThat(witness.next("UserLeft").getString("username")).isEqualTo("raw");
    }

    private static byte[] message(int bytes) {
        var text = new byte[bytes];
        Arrays.fill(text, (byte) 'x');
        return text;
    }
}
