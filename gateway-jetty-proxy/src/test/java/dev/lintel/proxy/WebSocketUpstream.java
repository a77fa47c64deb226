package dev.lintel.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** An upstream that answers handshakes by text and then leaves the bytes of its connections to the test. */
final class WebSocketUpstream implements AutoCloseable {

    /** The key and what it is accepted with, as in RFC 6455 section 1.3. */
    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    static final String ACCEPTED = String.join(
            "\r\n",
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            "",
            "");

    /**
     * A connection whose handshake was answered.
     *
     * @param head the head of the handshake
     * @param socket with everything after it
     */
    record Peer(String head, Socket socket) {

        Peer write(String latin1) throws IOException {
            socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        }

        String read(int count) throws IOException {
            return new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
        }

        /** Whether the other side says that it is done, or breaks. */
        boolean isEnded() {
            try {
                return socket.getInputStream().read() < 0;
            } catch (SocketTimeoutException open) {
                return false;
            } catch (IOException broken) {
                return true;
            }
        }
    }

    private final ServerSocket listener;
    private final UnaryOperator<String> answer;
    private final LinkedBlockingQueue<Peer> peers = new LinkedBlockingQueue<>();

    private WebSocketUpstream(UnaryOperator<String> answer) throws IOException {
        this.answer = answer;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "websocket-upstream");
        thread.setDaemon(true);
        thread.start();
    }

    static WebSocketUpstream answering(String head) throws IOException {
        return new WebSocketUpstream(request -> head);
    }

    String url() {
        return "http://localhost:" + listener.getLocalPort();
    }

    Peer next() throws InterruptedException {
        return Objects.requireNonNull(peers.poll(10, TimeUnit.SECONDS), "handshake");
    }

    boolean hasNone() {
        return peers.isEmpty();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setSoTimeout(10_000);
                String head = readHead(socket);
                socket.getOutputStream().write(answer.apply(head).getBytes(StandardCharsets.ISO_8859_1));
                peers.add(new Peer(head, socket));
            } catch (IOException closed) {
                // the next one, or the end
            }
        }
    }

    private static String readHead(Socket socket) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("no head");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Peer peer : peers) {
                peer.socket().close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
