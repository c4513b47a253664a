package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through the product's frame assembler comes back as RFC 6455 wants it. */
@ArquillianTest
class ConformanceIT {

    private static final String UNLIMITED = "any?limits=off";

    @ArquillianResource
    private URL url;

    private URI base;

    @Deployment(testable = false)
    static WebArchive echo() throws ClassNotFoundException {
        return ShrinkWrap.create(WebArchive.class, "echo.war")
                .addPackage("org.parlour.config")
                .addClass(Class.forName("org.parlour.socket.EchoEndpoint"))
                .addClass(Class.forName("org.parlour.socket.FrameAssembler"))
                .addClass(Class.forName("org.parlour.socket.FrameAssembler$TooBig"));
    }

    @BeforeEach
    void address() throws Exception {
        base = url.toURI();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 1_000_000, 16_000_000})
    void textComesBackWhateverItsLength(int length) throws Exception {
        var text = "*".repeat(length);
        try (var client = RawClient.connect(base, UNLIMITED)) {
            client.send(RawClient.TEXT, true, text.getBytes(StandardCharsets.UTF_8));

            assertThat(client.readMessage(RawClient.TEXT)).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 1_000_000, 16_000_000})
    void binaryComesBackWhateverItsLength(int length) throws Exception {
        var bytes = "\u00fe".repeat(length).getBytes(StandardCharsets.ISO_8859_1);
        try (var client = RawClient.connect(base, UNLIMITED)) {
            client.send(RawClient.BINARY, true, bytes);

            assertThat(client.readMessage(RawClient.BINARY)).hasSize(length);
        }
    }

    @Test
    void fragmentsComeBackAsOneMessageAndAPingBetweenThemIsAnswered() throws Exception {
        try (var client = RawClient.connect(base, UNLIMITED)) {
            client.send(RawClient.TEXT, false, "frag".getBytes(StandardCharsets.UTF_8));
            client.send(RawClient.PING, true, "ping".getBytes(StandardCharsets.UTF_8));
            client.send(RawClient.CONTINUATION, false, new byte[0]);
            client.send(RawClient.CONTINUATION, true, "ment".getBytes(StandardCharsets.UTF_8));

            var pong = client.read();
            assertThat(pong.opcode()).isEqualTo(RawClient.PONG);
            assertThat(pong.text()).isEqualTo("ping");
            assertThat(client.readMessage(RawClient.TEXT)).isEqualTo("fragment");
        }
    }

    @Test
    void aCharacterMayBeCutBetweenFragments() throws Exception {
        var euro = "\u20ac".getBytes(StandardCharsets.UTF_8);
        try (var client = RawClient.connect(base, UNLIMITED)) {
            client.send(RawClient.TEXT, false, new byte[] {euro[0]});
            client.send(RawClient.CONTINUATION, false, new byte[] {euro[1]});
            client.send(RawClient.CONTINUATION, true, new byte[] {euro[2]});

            assertThat(client.readMessage(RawClient.TEXT)).isEqualTo("\u20ac");
        }
    }

    @Test
    void textThatIsNotUtf8EndsWith1007() throws Exception {
        try (var client = RawClient.connect(base, UNLIMITED)) {
            client.send(RawClient.TEXT, true, new byte[] {(byte) 0xc0, (byte) 0xaf});

            assertThat(client.read().closeCode()).isEqualTo(1007);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x3, 0x7, 0xB, 0xF})
    void aReservedOpcodeEndsWith1002(int opcode) throws Exception {
        try (var client = RawClient.connect(base, UNLIMITED)) {
            client.send(opcode, true, new byte[0]);

            assertThat(client.read().closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void aThousandMessagesComeBackInOrder() throws Exception {
        try (var client = RawClient.connect(base, UNLIMITED)) {
            for (int i = 0; i < 1_000; i++) {
                client.send(RawClient.TEXT, true, Integer.toString(i).getBytes(StandardCharsets.UTF_8));
            }

            for (int i = 0; i < 1_000; i++) {
                assertThat(client.readMessage(RawClient.TEXT)).isEqualTo(Integer.toString(i));
            }
        }
    }

    @Test
    void withLimitsALongMessageEndsWith1009() throws Exception {
        try (var client = RawClient.connect(base, "any")) {
            client.send(RawClient.TEXT, true, new byte[65_537]);

            assertThat(client.read().closeCode()).isEqualTo(1009);
        }
    }
}
