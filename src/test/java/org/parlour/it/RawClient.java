package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A WebSocket client that sends the bytes it is told to, right or wrong, and reads only when asked. Source: RFC 6455, section 5.2.
 */
final class RawClient implements AutoCloseable {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    private static final int FIN = 0x80;
    private static final byte[] NO_MASK = {0, 0, 0, 0};

    /** @param opcode see the constants; fragments are not joined */
    record Frame(int opcode, byte[] payload) {

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode() {
            return ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        }
    }

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    private RawClient(URI base, String room, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), (int) ChatClient.PATIENCE.toMillis());
        socket.setSoTimeout((int) ChatClient.PATIENCE.toMillis());
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write(("GET " + base.getPath() + "ws/" + room + " HTTP/1.1\r\nHost: " + base.getAuthority()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        assertThat(header(in)).startsWith("HTTP/1.1 101");
    }

    static RawClient connect(URI base, String room) throws IOException {
        return new RawClient(base, room, 0);
    }

    /** @param receiveBuffer how many bytes the kernel may take for it, about */
    static RawClient connect(URI base, String room, int receiveBuffer) throws IOException {
        return new RawClient(base, room, receiveBuffer);
    }

    private static String header(InputStream in) throws IOException {
        var header = new ByteArrayOutputStream();
        while (!header.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            var next = in.read();
            if (next < 0) {
                throw new EOFException(header.toString(StandardCharsets.US_ASCII));
            }
            header.write(next);
        }
        return header.toString(StandardCharsets.US_ASCII);
    }

    void send(int opcode, boolean last, byte[] payload) throws IOException {
        var frame = new ByteArrayOutputStream(payload.length + 14);
        frame.write((last ? FIN : 0) | opcode);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else if (payload.length < 65_536) {
            frame.write(0x80 | 126);
            frame.write(ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            frame.write(0x80 | 127);
            frame.write(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        frame.write(NO_MASK);
        frame.write(payload);
        out.write(frame.toByteArray());
    }

    /** Bytes as they are, whatever they mean. */
    void sendRaw(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    void say(String text) throws IOException {
        Confidential.frame(text);
        send(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The next message of this kind, which may come in fragments, as ISO 8859-1 if it is binary; other frames are skipped. */
    String readMessage(int opcode) throws IOException {
        var message = new ByteArrayOutputStream();
        for (var begun = false; ; ) {
            var first = in.readUnsignedByte();
            var frame = readAfter(first);
            begun |= frame.opcode() == opcode;
            if (begun && (frame.opcode() == opcode || frame.opcode() == CONTINUATION)) {
                message.writeBytes(frame.payload());
                if ((first & FIN) != 0) {
                    return message.toString(opcode == TEXT ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
                }
            }
        }
    }

    /** The next frame, whatever it is. */
    Frame read() throws IOException {
        return readAfter(in.readUnsignedByte());
    }

    private Frame readAfter(int first) throws IOException {
        var opcode = first & 0x0F;
        long length = in.readUnsignedByte() & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        return new Frame(opcode, in.readNBytes((int) length));
    }

    /** The next frame of this kind; others before it are skipped. */
    Frame read(int opcode) throws IOException {
        var frame = read();
        while (frame.opcode() != opcode) {
            frame = read();
        }
        return frame;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
