package dev.lintel.testing;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One accepted connection of a {@link ScriptedUpstream}, served by a thread of its own. */
final class UpstreamConnection implements Runnable {

    private static final Duration TICK = Duration.ofMillis(25);
    private static final int MOST_READ_AHEAD = 1024 * 1024;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final ScriptedUpstream upstream;
    private final int number;
    private final Socket transport;
    private final Socket socket;
    private final WireReader wire;
    private final OutputStream out;
    private final CountDownLatch dropped = new CountDownLatch(1);
    private volatile boolean closeAfterAnswer;

    /**
     * @param transport the accepted socket
     * @param socket the same one, or the TLS socket over it
     */
    UpstreamConnection(ScriptedUpstream upstream, int number, Socket transport, Socket socket) throws IOException {
        this.upstream = upstream;
        this.number = number;
        this.transport = transport;
        this.socket = socket;
        this.wire = new WireReader(socket);
        this.out = new Counting(socket.getOutputStream());
    }

    @Override
    public void run() {
        try {
            while (serve()) {
                // one request after another
            }
        } catch (ProtocolViolation e) {
            upstream.violated("connection " + number + ": " + e.getMessage() + "; received: " + wire.transcript());
        } catch (IOException e) {
            // The peer has left or the upstream is being closed; what matters of it is recorded at the request.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | AssertionError e) {
            upstream.violated("connection " + number + ": answer threw " + e);
        } finally {
            close();
            upstream.ended(this);
        }
    }

    private boolean serve() throws IOException, InterruptedException {
        ReceivedRequest request = head();
        if (request == null) {
            return false;
        }
        upstream.received(request);
        BodyReading reading = upstream.reading();
        if (reading == BodyReading.BEFORE_ANSWER) {
            if (request.lists("Expect", "100-continue")) {
                write(request, to -> to.write(CONTINUE));
            }
            body(request);
        } else if (reading == BodyReading.NEVER) {
            request.leftUnread();
        }
        upstream.answer(request).write(new AnswerWriter(this, request));
        if (reading == BodyReading.AFTER_ANSWER && !transport.isClosed()) {
            body(request);
        } else if (reading == BodyReading.NEVER) {
            park(() -> false);
        }
        boolean lastOne = closeAfterAnswer
                || request.lists("Connection", "close")
                || request.requestLine().endsWith("1.0");
        return !lastOne && !transport.isClosed();
    }

    private @Nullable ReceivedRequest head() throws IOException {
        try {
            MessageHead head = MessageHead.read(wire, Patience.endless());
            if (head == null) {
                return null;
            }
            RequestLine.check(head.startLine());
            boolean chunked = head.chunked();
            long length = head.contentLength();
            BodyFraming framing = chunked ? BodyFraming.CHUNKED : length >= 0 ? BodyFraming.LENGTH : BodyFraming.NONE;
            return new ReceivedRequest(upstream.changes(), head, number, framing);
        } catch (CutShort e) {
            throw new ProtocolViolation("head: " + e.getMessage());
        }
    }

    private void body(ReceivedRequest request) throws IOException {
        BodyReader reader = new BodyReader(
                wire, request.record(), () -> upstream.changes().make(() -> {}), upstream::mayRead, upstream::notRead);
        HeaderLines trailers = HeaderLines.NONE;
        try {
            if (request.framing() == BodyFraming.CHUNKED) {
                trailers = reader.chunked(Patience.endless());
            } else if (request.framing() == BodyFraming.LENGTH) {
                reader.fixed(request.head().contentLength(), Patience.endless());
            }
        } catch (CutShort e) {
            request.abortedBy(e.close());
            throw e;
        }
        request.completed(trailers);
    }

    void closeAfterAnswer() {
        closeAfterAnswer = true;
    }

    void write(ReceivedRequest request, AnswerWriter.Writing writing) throws IOException {
        synchronized (out) {
            try {
                writing.to(out);
                out.flush();
            } catch (IOException e) {
                if (!wire.closedHere()) {
                    request.abortedBy(PeerClose.RESET);
                }
                throw e;
            }
        }
    }

    void holdUntil(ReceivedRequest request, BooleanSupplier condition) throws IOException, InterruptedException {
        while (!condition.getAsBoolean()) {
            if (upstream.reading() == BodyReading.NEVER || wire.buffered() > MOST_READ_AHEAD) {
                park(condition);
            } else if (!arrived() && wire.closed() != null && !condition.getAsBoolean()) {
                request.abortedBy(wire.closedNow());
                throw new CutShort(wire.closedNow(), "before the answer");
            }
        }
    }

    private boolean arrived() throws IOException {
        try {
            return wire.fill(Patience.total(TICK));
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private void park(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean() && !transport.isClosed()) {
            if (dropped.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    void end(PeerClose how) throws IOException {
        wire.closingHere();
        switch (how) {
            case FIN -> socket.close();
            case TLS_CUT -> transport.close();
            case RESET -> {
                transport.setSoLinger(true, 0);
                transport.close();
            }
        }
    }

    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes the connection at once whatever goes on in it; over TLS without {@code close_notify}. */
    void drop() {
        wire.closingHere();
        try {
            transport.close();
        } catch (IOException e) {
            // It is gone already.
        } finally {
            dropped.countDown();
        }
    }

    private void close() {
        wire.closingHere();
        try {
            socket.close();
        } catch (IOException e) {
            drop();
        }
    }

    private final class Counting extends FilterOutputStream {

        Counting(OutputStream target) {
            super(target);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            upstream.wrote(length);
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }
    }
}
