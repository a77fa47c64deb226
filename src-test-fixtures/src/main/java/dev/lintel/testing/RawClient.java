package dev.lintel.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One client connection to 127.0.0.1, bytes in and bytes out, with a strict response parser of its own.
 *
 * <p>Every wait is bounded: 10 s for the next byte and two minutes in all, or as {@link #within} says. What does not
 * come, or is not HTTP, is an {@link AssertionError} that shows what was received. One thread may send while another
 * reads; otherwise not thread-safe.
 */
public final class RawClient implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Socket transport;
    private final Socket socket;
    private final OutputStream out;
    private final WireReader wire;
    private final ResponseReader responses;
    private volatile Duration limit = Patience.DEFAULT;

    private RawClient(Socket transport, Socket socket) throws IOException {
        this.transport = transport;
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.wire = new WireReader(socket);
        this.responses = new ResponseReader(wire);
    }

    /** Connects to that port. */
    public static RawClient connect(int port) {
        try {
            Socket socket = open(port);
            return new RawClient(socket, socket);
        } catch (IOException e) {
            throw new UncheckedIOException("connect to port " + port, e);
        }
    }

    /**
     * Connects to that port over TLS and completes the handshake.
     *
     * @param serverName sent as SNI; null sends none. The certificate is checked by {@code context} alone.
     * @param protocols offered by ALPN, possibly none
     */
    public static RawClient connectTls(int port, SSLContext context, @Nullable String serverName, String... protocols) {
        CloseNotify.require();
        try {
            Socket transport = open(port);
            try {
                SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(transport, null, port, true);
                SSLParameters parameters = socket.getSSLParameters();
                if (serverName != null) {
                    parameters.setServerNames(List.of(new SNIHostName(serverName)));
                }
                parameters.setApplicationProtocols(protocols);
                socket.setSSLParameters(parameters);
                socket.setSoTimeout((int) Patience.DEFAULT.toMillis());
                socket.startHandshake();
                return new RawClient(transport, socket);
            } catch (IOException e) {
                transport.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("connect to port " + port + " over TLS", e);
        }
    }

    /** Connects, sends, reads one response, closes. */
    public static RawResponse exchange(int port, String latin1) {
        try (RawClient client = connect(port)) {
            client.send(latin1);
            return latin1.startsWith("HEAD ") ? client.readResponseToHead() : client.readResponse();
        }
    }

    /** Connects, sends, reads one response, closes. */
    public static RawResponse exchange(int port, RawRequest request) {
        return exchange(port, request.toString());
    }

    private static Socket open(int port) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        try {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) Patience.DEFAULT.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** How long each later wait lasts at most: so long for the next byte, and twelve times as long in all. */
    public RawClient within(Duration limit) {
        this.limit = limit;
        return this;
    }

    /** Sends these characters as one byte each. */
    public RawClient send(String latin1) {
        return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends that request. */
    public RawClient send(RawRequest request) {
        return send(request.bytes());
    }

    /** Sends these bytes in one write. */
    public RawClient send(byte[] bytes) {
        write(limit, bytes.length + " bytes", () -> out.write(bytes));
        return this;
    }

    /** Sends each byte by a write of its own, so that the server may see any split. */
    public RawClient sendByteByByte(String latin1) {
        byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
        write(limit, bytes.length + " single bytes", () -> {
            for (byte octet : bytes) {
                out.write(octet);
            }
        });
        return this;
    }

    /** Sends a long body without framing; within two minutes unless told otherwise. */
    public RawClient send(GeneratedBody body) {
        write(limit.multipliedBy(12), body.length() + " generated bytes", () -> body.writeTo(out));
        return this;
    }

    /** Sends a long body as chunks of that size, with the last chunk. */
    public RawClient sendChunked(GeneratedBody body, int chunkSize) {
        write(limit.multipliedBy(12), body.length() + " bytes in chunks", () -> body.writeChunksTo(out, chunkSize));
        return this;
    }

    /** As {@link #send(GeneratedBody)}, on a thread of its own; completes exceptionally if the server breaks off. */
    public CompletableFuture<Void> sendInBackground(GeneratedBody body) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        send(body);
                        sent.complete(null);
                    } catch (RuntimeException | AssertionError e) {
                        sent.completeExceptionally(e);
                    }
                },
                "raw-client-sender");
        thread.setDaemon(true);
        thread.start();
        return sent;
    }

    private void write(Duration atMost, String what, Writing writing) {
        try (Watchdog watchdog = Watchdog.after(atMost, this::abort)) {
            try {
                writing.run();
            } catch (IOException e) {
                if (watchdog.expired()) {
                    throw new AssertionError("send " + what + ": blocked for " + atMost, e);
                }
                throw new UncheckedIOException("send " + what, e);
            }
        }
    }

    /** Reads a whole response; one whose body is cut short comes back with {@code complete()} false. */
    public RawResponse readResponse() {
        return read("a response", patience -> responses.response(false, patience));
    }

    /** As {@link #readResponse}, for a response to HEAD, which has no body whatever its headers say. */
    public RawResponse readResponseToHead() {
        return read("a response to HEAD", patience -> responses.response(true, patience));
    }

    /** Reads the head of a response and leaves its body, for {@link #readChunk} or {@link #awaitBytes}. */
    public RawResponse readResponseHead() {
        return read("a response head", patience -> responses.head(false, patience));
    }

    /** Reads the next chunk of a chunked body, as UTF-8; empty is the end, with the trailers left out. */
    public String readChunk() {
        return new String(read("a chunk", responses::chunk), StandardCharsets.UTF_8);
    }

    /** Waits until that many unread bytes have arrived and returns all unread ones, which stay unread. */
    public byte[] awaitBytes(int count) {
        return read(count + " bytes", patience -> {
            while (wire.buffered() < count) {
                if (!wire.fill(patience)) {
                    throw new CutShort(wire.closedNow(), "before " + count + " bytes");
                }
            }
            return wire.unread();
        });
    }

    /** Waits until the unread bytes contain that text and returns all unread ones, which stay unread. */
    public String awaitText(String latin1) {
        return read("'" + latin1 + "'", patience -> {
            String unread = new String(wire.unread(), StandardCharsets.ISO_8859_1);
            while (!unread.contains(latin1)) {
                if (!wire.fill(patience)) {
                    throw new CutShort(wire.closedNow(), "before '" + latin1 + "'");
                }
                unread = new String(wire.unread(), StandardCharsets.ISO_8859_1);
            }
            return unread;
        });
    }

    /** Reads all bytes until the peer closes, by FIN or RST. */
    public byte[] readUntilClosed() {
        return read("the end of the connection", patience -> {
            while (wire.fill(patience)) {
                // all of it is kept as unread
            }
            byte[] all = wire.unread();
            wire.consume(all.length);
            return all;
        });
    }

    /** Waits for the peer to close, whatever it sends before, and tells how it did. */
    public PeerClose awaitClosed() {
        readUntilClosed();
        return wire.closedNow();
    }

    /** Whether the peer has closed, as far as is known now; what it sent before stays unread. */
    public boolean isClosedByPeer() {
        try {
            while (wire.fill(Patience.total(Duration.ofMillis(5)))) {
                // look behind what has arrived
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends FIN and still reads. */
    public RawClient shutdownOutput() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resets the connection (RST). */
    public void reset() {
        wire.closingHere();
        try {
            transport.setSoLinger(true, 0);
            transport.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port of this side, by which a server may name this client. */
    public int localPort() {
        return socket.getLocalPort();
    }

    /** The socket, for options and the TLS session. */
    public Socket socket() {
        return socket;
    }

    /** Closes the connection (FIN, or RST if there were unread bytes); without effect if closed. */
    @Override
    public void close() {
        wire.closingHere();
        // Over TLS, close_notify waits for a write that another thread may be stuck in.
        Watchdog watchdog = Watchdog.after(CLOSING, this::abort);
        try {
            socket.close();
        } catch (IOException e) {
            abort();
        } finally {
            watchdog.close();
        }
    }

    private void abort() {
        wire.closingHere();
        try {
            transport.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T read(String what, Reading<T> reading) {
        try {
            return reading.read(Patience.idle(limit));
        } catch (SocketTimeoutException e) {
            throw new AssertionError(what + ": not within " + limit + "; received so far: " + wire.transcript(), e);
        } catch (CutShort | ProtocolViolation e) {
            throw new AssertionError(what + ": " + e.getMessage() + "; received so far: " + wire.transcript(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(what, e);
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(Patience patience) throws IOException;
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }
}
