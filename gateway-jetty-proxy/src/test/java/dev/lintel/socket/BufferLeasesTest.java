package dev.lintel.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.junit.jupiter.api.Test;

/** That no two hold the same buffer, whatever one of them does with what it gave back. */
class BufferLeasesTest {

    private static final int SIZE = 16 * 1024;
    private static final String SECRET = "what is on its way to another";

    private final ByteBufferPool buffers = new BufferLeases(new ArrayByteBufferPool());

    @Test
    void clearingWhatWasGivenBackLeavesTheNextHolderItsBytes() {
        RetainableByteBuffer given = buffers.acquire(SIZE, true);
        ByteBuffer kept = given.getByteBuffer();
        given.release();
        ByteBuffer next = borrowed();
        BufferUtil.clear(kept);
        assertThat(BufferUtil.toString(next)).isEqualTo(SECRET);
    }

    @Test
    void givenBackTwiceItIsLentToOneOnly() {
        buffers.acquire(SIZE, true).release();
        RetainableByteBuffer given = buffers.acquire(SIZE, true);
        given.release();
        ByteBuffer first = borrowed();
        assertThatIllegalStateException().isThrownBy(given::release);
        BufferUtil.append(buffers.acquire(SIZE, true).getByteBuffer(), new byte[SIZE]);
        assertThat(BufferUtil.toString(first)).isEqualTo(SECRET);
    }

    /**
     * Jetty's receiver clears the buffer that it parsed the first answer from once the second request has failed in the midst of that. An
     * answer that overtakes the end of its request is told by who sends, and not in the midst of parsing: then again.
     */
    @Test
    void anAnswerWhoseEndSeesItsConnectionFailClearsNobodysBytes() throws Exception {
        Optional<ByteBuffer> others = Optional.empty();
        for (int round = 0; round < 50 && others.isEmpty(); round++) {
            others = borrowedWhileAnAnswerIsParsed();
        }
        assertThat(others.map(BufferUtil::toString)).contains(SECRET);
    }

    private Optional<ByteBuffer> borrowedWhileAnAnswerIsParsed() throws Exception {
        HttpClient client = new HttpClient();
        client.setByteBufferPool(buffers);
        client.setMaxConnectionsPerDestination(1);
        CompletableFuture<Optional<ByteBuffer>> others = new CompletableFuture<>();
        try (ServerSocket upstream = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            client.start();
            String url = "http://127.0.0.1:" + upstream.getLocalPort() + "/";
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> answerOneAndClose(upstream));
            client.newRequest(url).send(first -> {
                if (isParsing()) {
                    client.newRequest(url).send(second -> others.complete(Optional.of(borrowed())));
                    closed.join();
                } else {
                    others.complete(Optional.empty());
                }
            });
            return others.get(10, TimeUnit.SECONDS);
        } finally {
            client.stop();
        }
    }

    private static boolean isParsing() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().endsWith(".HttpReceiverOverHTTP")));
    }

    private ByteBuffer borrowed() {
        ByteBuffer bytes = buffers.acquire(SIZE, true).getByteBuffer();
        BufferUtil.append(bytes, SECRET.getBytes(StandardCharsets.US_ASCII));
        return bytes;
    }

    private static void answerOneAndClose(ServerSocket upstream) {
        try (Socket connection = upstream.accept()) {
            readHead(connection.getInputStream());
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
            readHead(connection.getInputStream());
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private static void readHead(InputStream from) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = from.read();
            if (octet < 0) {
                throw new EOFException("no head");
            }
            head.append((char) octet);
        }
    }
}
