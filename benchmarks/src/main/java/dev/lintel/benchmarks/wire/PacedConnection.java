package dev.lintel.benchmarks.wire;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A kept connection on which one request after the other is made. */
final class PacedConnection implements AutoCloseable {

    private static final String LENGTH = "\r\ncontent-length:";

    private final SocketChannel channel;
    private final ByteBuffer answer = ByteBuffer.allocate(64 << 10);
    private long due;
    /** Where the answer ends; -1 while that is unknown. */
    private int end = -1;

    private PacedConnection(SocketChannel channel) {
        this.channel = channel;
    }

    static PacedConnection open(Selector selector, SocketAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        PacedConnection connection = new PacedConnection(channel);
        channel.register(selector, SelectionKey.OP_READ, connection);
        return connection;
    }

    static byte[] request(Scenario scenario, String token) {
        String head = scenario.method + " " + scenario.path + " HTTP/1.1\r\nHost: gateway.example\r\nAccept: */*\r\n"
                + "Authorization: Bearer " + token + "\r\n\r\n";
        return head.getBytes(StandardCharsets.US_ASCII);
    }

    void send(byte[] request, long dueNanos) throws IOException {
        due = dueNanos;
        end = -1;
        answer.clear();
        ByteBuffer bytes = ByteBuffer.wrap(request);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    long due() {
        return due;
    }

    /** Whether the answer has been read to its end. */
    boolean readWhole() throws IOException {
        if (channel.read(answer) < 0) {
            throw new IllegalStateException("connection: closed by the gateway (expected: kept)");
        }
        if (end < 0) {
            findEnd();
        }
        if (end == 0) {
            int last = answer.position();
            return last > 5 && answer.get(last - 5) == '0' && answer.get(last - 4) == '\r';
        }
        return end > 0 && answer.position() >= end;
    }

    /** Reads the head; an answer in chunks has the end 0, and is over when the last bytes are those of a last chunk. */
    private void findEnd() {
        String text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            return;
        }
        if (!text.startsWith("HTTP/1.1 200")) {
            throw new IllegalStateException("answer: " + text.substring(0, text.indexOf("\r\n")) + " (expected: 200)");
        }
        int field = text.substring(0, head).toLowerCase(Locale.ROOT).indexOf(LENGTH);
        if (field < 0) {
            end = 0;
        } else {
            int from = field + LENGTH.length();
            end = head
                    + 4
                    + Integer.parseInt(
                            text.substring(from, text.indexOf('\r', from)).strip());
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            // as wished
        }
    }
}
