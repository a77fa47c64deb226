package dev.lintel.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A service of events with one thread, however many listen: it begins an answer to each request, with a first event, and
 * leaves it open for the test.
 */
final class EventService implements AutoCloseable {

    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final List<SocketChannel> streams = new CopyOnWriteArrayList<>();
    private final Thread acceptor = new Thread(this::accept, "event-service");

    private EventService() throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        acceptor.setDaemon(true);
        acceptor.start();
    }

    static EventService start() {
        try {
            return new EventService();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return server.socket().getLocalPort();
    }

    /** How many streams have begun. */
    int streams() {
        return streams.size();
    }

    /** Sends an event on the stream that began as the n-th. */
    void send(int stream, String data) {
        try {
            write(streams.get(stream), event(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel stream = server.accept();
                readHead(stream);
                // before the client can know of it, and the test go on
                streams.add(stream);
                write(
                        stream,
                        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + event(Long.toString(System.nanoTime())));
            }
        } catch (ClosedChannelException closed) {
            // by the test
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends a stream as it should end, if anybody is there still. */
    private static void end(SocketChannel stream) {
        try (stream) {
            write(stream, "0\r\n\r\n");
        } catch (IOException gone) {
            // as the gateway may be by now
        }
    }

    private static void readHead(SocketChannel stream) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(8192);
        String text = "";
        while (!text.endsWith("\r\n\r\n") && stream.read(head) >= 0) {
            text = new String(head.array(), 0, head.position(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String event(String data) {
        String text = "data: " + data + "\n\n";
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static void write(SocketChannel stream, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            stream.write(bytes);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            streams.forEach(EventService::end);
            acceptor.join(10_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
