package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/**
 * One WebSocket connection of a {@link Crowd}, full face, on the crowd's thread. It answers pings, as long as it reads. Source: RFC
 * 6455, section 5.2.
 */
final class Link {

    /** What a link's owner is told. */
    interface Ear {
        void open();

        void text(String message);

        /** Once, unless the link was cut. @param code the close code, {@link #BROKEN} if there was none */
        void ended(int code);
    }

    /**
     * @param receiveBuffer bytes that the kernel may take for it, about; 0 for the default
     * @param from its address, as a proxy tells it
     * @param stubborn whether it goes on after the server has closed
     */
    record Options(int receiveBuffer, String from, boolean stubborn) {
        static final Options NONE = new Options(0, "127.0.0.1", false);
    }

    static final int BROKEN = 1006;

    private static final int AMPLE = 1 << 20;
    private static final int FIN = 0x80;
    private static final byte[] NO_MASK = {0, 0, 0, 0};

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Ear ear;
    private final Options options;
    private final ArrayDeque<ByteBuffer> out = new ArrayDeque<>();
    private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();
    private ByteBuffer in = ByteBuffer.allocate(4_096);
    private boolean upgraded;
    private boolean ended;
    private boolean reading = true;

    Link(Crowd crowd, URI base, String room, Options options, Ear ear) throws IOException {
        this.ear = ear;
        this.options = options;
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (options.receiveBuffer() > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBuffer());
        }
        out.add(StandardCharsets.US_ASCII.encode("GET " + base.getPath() + "ws/" + room + " HTTP/1.1\r\nHost: "
                + base.getAuthority() + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: chat.v1.json\r\nX-Forwarded-For: " + options.from()
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        try {
            channel.connect(new InetSocketAddress(base.getHost(), base.getPort()));
            key = channel.register(crowd.selector(), SelectionKey.OP_CONNECT, this);
        } catch (IOException refused) {
            // Nobody else ever closes it.
            channel.close();
            throw refused;
        }
    }

    void ready() {
        try {
            if (key.isValid() && key.isConnectable()) {
                channel.finishConnect();
                write();
            }
            if (key.isValid() && key.isWritable()) {
                write();
            }
            if (key.isValid() && key.isReadable()) {
                read();
            }
        } catch (IOException broken) {
            end(BROKEN);
        }
    }

    /** Sends a text frame as soon as the socket takes it. */
    void say(String text) {
        send(RawClient.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the socket has taken everything. */
    boolean hasSentAll() {
        return out.isEmpty();
    }

    private void send(int opcode, byte[] payload) {
        var frame = ByteBuffer.allocate(payload.length + 8).put((byte) (FIN | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        out.add(frame.put(NO_MASK).put(payload).flip());
        try {
            write();
        } catch (IOException broken) {
            end(BROKEN);
        }
    }

    private void write() throws IOException {
        if (!channel.isConnected()) {
            return;
        }
        while (!out.isEmpty()) {
            channel.write(out.peek());
            if (out.peek().hasRemaining()) {
                break;
            }
            out.poll();
        }
        interest();
    }

    private void interest() {
        if (key.isValid() && channel.isConnected()) {
            key.interestOps((reading ? SelectionKey.OP_READ : 0) | (out.isEmpty() ? 0 : SelectionKey.OP_WRITE));
        }
    }

    /** From now on takes nothing from the kernel. */
    void stopReading() {
        reading = false;
        interest();
    }

    /** Takes everything again, and fast. */
    void readAgain() {
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, AMPLE);
        } catch (IOException broken) {
            end(BROKEN);
        }
        reading = true;
        interest();
    }

    private void read() throws IOException {
        var count = channel.read(in);
        if (count < 0) {
            throw new EOFException();
        }
        in.flip();
        while (reading && channel.isOpen() && (upgraded ? frame() : upgrade())) {}
        if (channel.isOpen()) {
            in.compact();
            if (!in.hasRemaining()) {
                in = ByteBuffer.allocate(in.capacity() * 2).put(in.flip());
            }
        }
    }

    private boolean upgrade() {
        var header = StandardCharsets.US_ASCII.decode(in.duplicate()).toString();
        var end = header.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        assertThat(header).startsWith("HTTP/1.1 101");
        in.position(in.position() + end + 4);
        upgraded = true;
        ear.open();
        return true;
    }

    /** Takes one frame. @return false if it is not there as a whole */
    private boolean frame() {
        var start = in.position();
        if (in.remaining() < 2) {
            return false;
        }
        var first = in.get();
        var shortLength = in.get() & 0x7F;
        var lengthBytes = shortLength < 126 ? 0 : shortLength == 126 ? 2 : 8;
        if (in.remaining() >= lengthBytes) {
            var length = lengthBytes == 0 ? shortLength : lengthBytes == 2 ? in.getShort() & 0xFFFF : in.getLong();
            if (in.remaining() >= length) {
                var payload = new byte[(int) length];
                in.get(payload);
                take(first & 0x0F, (first & FIN) != 0, payload);
                return true;
            }
        }
        in.position(start);
        return false;
    }

    private void take(int opcode, boolean last, byte[] payload) {
        switch (opcode) {
            case RawClient.TEXT, RawClient.CONTINUATION -> {
                fragments.writeBytes(payload);
                if (last) {
                    var text = fragments.toString(StandardCharsets.UTF_8);
                    fragments.reset();
                    ear.text(text);
                }
            }
            case RawClient.PING -> send(RawClient.PONG, payload);
            case RawClient.CLOSE ->
                closed(payload.length < 2 ? BROKEN : ByteBuffer.wrap(payload).getShort() & 0xFFFF);
            default -> {}
        }
    }

    private void closed(int code) {
        if (!options.stubborn()) {
            end(code);
        }
    }

    private void end(int code) {
        // Not channel.isOpen(): a connect that fails closes the channel itself.
        if (!ended) {
            cut();
            ear.ended(code);
        }
    }

    /** Breaks it off without a word to the server. */
    void cut() {
        ended = true;
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            out.clear();
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }
}
