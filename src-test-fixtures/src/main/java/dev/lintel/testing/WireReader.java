package dev.lintel.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that arrive on a socket: buffered, readable ahead without being consumed, with a bound on every wait.
 * For one thread at a time.
 */
final class WireReader {

    private static final int BLOCK = 16 * 1024;
    private static final int LONGEST_LINE = 1024 * 1024;
    private static final int REMEMBERED = 4096;

    private final Socket socket;
    private final InputStream in;
    private byte[] buffer = new byte[BLOCK];
    private int start;
    private int end;
    private long consumed;
    private byte[] lastConsumed = new byte[0];
    private @Nullable PeerClose closed;

    // Asking the socket does not tell who closed it: one that speaks TLS closes itself when the peer resets.
    private volatile boolean closedHere;

    WireReader(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /** How the peer ended the connection; null while it has not, as far as has been read. */
    @Nullable
    PeerClose closed() {
        return closed;
    }

    /** Says that this side is about to close, so that what follows is not the peer's doing. */
    void closingHere() {
        closedHere = true;
    }

    /** Whether this side has closed. */
    boolean closedHere() {
        return closedHere;
    }

    /** The number of bytes that have arrived and are not consumed yet. */
    int buffered() {
        return end - start;
    }

    /** What has arrived and is not consumed yet. */
    byte[] unread() {
        return Arrays.copyOfRange(buffer, start, end);
    }

    /** What arrived so far, for a failure message. */
    String transcript() {
        byte[] all = Arrays.copyOf(lastConsumed, lastConsumed.length + buffered());
        System.arraycopy(buffer, start, all, lastConsumed.length, buffered());
        long earlier = consumed - lastConsumed.length;
        return (earlier > 0 ? earlier + " earlier bytes, then " : "")
                + Transcript.of(all)
                + (closed == null ? "" : "\nthen the peer closed: " + closed);
    }

    /**
     * Waits for more bytes.
     *
     * @return false if the peer has closed
     * @throws SocketTimeoutException if none came in time
     */
    boolean fill(Patience patience) throws IOException {
        return fill(patience, BLOCK);
    }

    boolean fill(Patience patience, int most) throws IOException {
        if (closed != null) {
            return false;
        }
        makeRoom();
        socket.setSoTimeout(patience.socketTimeout());
        try {
            int n = in.read(buffer, end, Math.min(most, buffer.length - end));
            if (n < 0) {
                closed = PeerClose.FIN;
                return false;
            }
            end += n;
            return true;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (SSLException | SocketException e) {
            if (closedHere) {
                throw e;
            }
            closed = e instanceof SSLException ? PeerClose.TLS_CUT : PeerClose.RESET;
        }
        return false;
    }

    private void makeRoom() {
        if (buffer.length - end >= BLOCK / 2) {
            return;
        }
        byte[] target = buffered() + BLOCK > buffer.length ? new byte[buffer.length * 2] : buffer;
        System.arraycopy(buffer, start, target, 0, buffered());
        end -= start;
        start = 0;
        buffer = target;
    }

    /**
     * Hands over up to {@code most} bytes, at least one.
     *
     * @return how many; -1 if the peer has closed
     */
    int read(byte[] target, int most, Patience patience) throws IOException {
        while (buffered() == 0) {
            if (!fill(patience, most)) {
                return -1;
            }
        }
        int n = Math.min(Math.min(most, target.length), buffered());
        System.arraycopy(buffer, start, target, 0, n);
        consume(n);
        return n;
    }

    /** A line that ends with CRLF, without it, as ISO-8859-1; a CR or LF alone is a violation. */
    String line(Patience patience) throws IOException {
        for (int length = 0; ; length++) {
            while (buffered() <= length) {
                if (!fill(patience)) {
                    throw new CutShort(closedNow(), "within a line");
                }
            }
            byte octet = buffer[start + length];
            if (octet == '\n') {
                if (length == 0 || buffer[start + length - 1] != '\r') {
                    throw new ProtocolViolation("line: LF without CR (expected: CRLF)");
                }
                String line = new String(buffer, start, length - 1, StandardCharsets.ISO_8859_1);
                consume(length + 1);
                return line;
            }
            if (length > 0 && buffer[start + length - 1] == '\r') {
                throw new ProtocolViolation("line: CR without LF (expected: CRLF)");
            }
            if (length > LONGEST_LINE) {
                throw new ProtocolViolation("line: more than " + LONGEST_LINE + " bytes");
            }
        }
    }

    /** How the peer closed, where it is known that it did. */
    PeerClose closedNow() {
        PeerClose now = closed;
        if (now == null) {
            throw new IllegalStateException("connection: open (expected: closed by the peer)");
        }
        return now;
    }

    void consume(int n) {
        int kept = Math.min(n, REMEMBERED);
        int old = Math.min(lastConsumed.length, REMEMBERED - kept);
        byte[] last = new byte[old + kept];
        System.arraycopy(lastConsumed, lastConsumed.length - old, last, 0, old);
        System.arraycopy(buffer, start + n - kept, last, old, kept);
        lastConsumed = last;
        start += n;
        consumed += n;
    }
}
