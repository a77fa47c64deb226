package dev.lintel.testing;

import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;

/**
 * Reads one body into a {@link BodyRecord}, strictly: no chunk extension, no sign or space in a chunk size.
 * For one thread at a time.
 */
final class BodyReader {

    private static final int BLOCK = 16 * 1024;
    private static final int LONGEST_SIZE = 15;

    private final WireReader wire;
    private final BodyRecord record;
    private final Runnable progress;
    private final LongUnaryOperator allowance;
    private final LongConsumer notRead;
    private final byte[] block = new byte[BLOCK];

    /**
     * @param progress is run after each piece
     * @param allowance tells how much of that many wanted bytes may be read now, at least one; may wait
     * @param notRead is told how much of that was not there to be read
     */
    BodyReader(
            WireReader wire, BodyRecord record, Runnable progress, LongUnaryOperator allowance, LongConsumer notRead) {
        this.wire = wire;
        this.record = record;
        this.progress = progress;
        this.allowance = allowance;
        this.notRead = notRead;
    }

    BodyReader(WireReader wire, BodyRecord record) {
        this(wire, record, () -> {}, wanted -> wanted, bytes -> {});
    }

    /**
     * Reads {@code length} bytes.
     *
     * @throws CutShort if the connection ends before
     */
    void fixed(long length, Patience patience) throws IOException {
        long left = length;
        while (left > 0) {
            long allowed = allowance.applyAsLong(Math.min(left, BLOCK));
            int n = wire.read(block, (int) Math.min(left, allowed), patience);
            notRead.accept(allowed - Math.max(0, n));
            if (n < 0) {
                throw new CutShort(wire.closedNow(), "within a body, " + left + " bytes before its end");
            }
            keep(n);
            left -= n;
        }
    }

    /** Reads until the peer closes, and tells how it did. */
    PeerClose untilClose(Patience patience) throws IOException {
        while (true) {
            long allowed = allowance.applyAsLong(BLOCK);
            int n = wire.read(block, (int) allowed, patience);
            notRead.accept(allowed - Math.max(0, n));
            if (n < 0) {
                return wire.closedNow();
            }
            keep(n);
        }
    }

    /** Reads all chunks and returns the trailer lines. */
    HeaderLines chunked(Patience patience) throws IOException {
        while (chunk(patience)) {
            // the size of the last chunk ends the loop
        }
        List<String> lines = MessageHead.lines(wire, patience, new StringBuilder());
        return HeaderLines.parse(lines);
    }

    /** Reads one chunk; false if it was the last one, whose trailer section is then next. */
    boolean chunk(Patience patience) throws IOException {
        long size = size(wire.line(patience));
        if (size == 0) {
            return false;
        }
        fixed(size, patience);
        String rest = wire.line(patience);
        if (!rest.isEmpty()) {
            throw new ProtocolViolation("after a chunk: " + rest + " (expected: CRLF)");
        }
        return true;
    }

    private static long size(String line) throws ProtocolViolation {
        if (line.isEmpty() || line.length() > LONGEST_SIZE) {
            throw new ProtocolViolation("chunk size: '" + line + "' (expected: 1 to 15 hexadecimal digits)");
        }
        long size = 0;
        for (int i = 0; i < line.length(); i++) {
            int digit = line.charAt(i) < 0x80 ? Character.digit(line.charAt(i), 16) : -1;
            if (digit < 0) {
                throw new ProtocolViolation("chunk size: '" + line + "' (expected: hexadecimal digits only)");
            }
            size = size * 16 + digit;
        }
        return size;
    }

    private void keep(int n) {
        record.append(block, n);
        progress.run();
    }
}
