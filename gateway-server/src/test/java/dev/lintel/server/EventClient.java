package dev.lintel.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Listens to one stream of events, on the thread of whoever asks for the next. */
final class EventClient implements AutoCloseable {

    private final Socket socket;
    private final InputStream input;
    private final StringBuilder text = new StringBuilder();
    private boolean begun;

    private EventClient(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new BufferedInputStream(socket.getInputStream(), 2048);
        if (!line().startsWith("HTTP/1.1 200 ")) {
            throw new AssertionError("stream: refused (expected: 200)");
        }
        while (!line().isEmpty()) {
            // the fields of the head
        }
    }

    static EventClient listen(int port, String path) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
            socket.setTcpNoDelay(true);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: events.test\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new EventClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The data of the next event; waits for it, 20 s at most. */
    String next() {
        try {
            int end = text.indexOf("\n\n");
            while (end < 0) {
                text.append(chunk());
                end = text.indexOf("\n\n");
            }
            String event = text.substring("data: ".length(), end);
            text.delete(0, end + 2);
            return event;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A piece of the stream, which need not be one event. */
    private String chunk() throws IOException {
        // the end of the piece before, which Jetty sends with the next one
        String size = begun ? line() + line() : line();
        begun = true;
        int length = Integer.parseInt(size, 16);
        if (length == 0) {
            throw new AssertionError("stream: ended (expected: an event)");
        }
        return new String(input.readNBytes(length), StandardCharsets.US_ASCII);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = input.read(); octet != '\n'; octet = input.read()) {
            if (octet < 0) {
                throw new AssertionError("stream: cut short after " + line);
            }
            line.append((char) octet);
        }
        return line.substring(0, line.length() - 1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
