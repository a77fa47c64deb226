package dev.lintel.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A body of any length that is the same at every call and never in memory as a whole. Immutable.
 *
 * <p>The bytes are pseudo-random, so that a piece that is lost, doubled or moved changes the SHA-256.
 */
public final class GeneratedBody {

    private static final int BLOCK = 64 * 1024;

    private final long length;

    private GeneratedBody(long length) {
        this.length = length;
    }

    /** A body of that many bytes, 0 or more. */
    public static GeneratedBody of(long length) {
        if (length < 0) {
            throw new IllegalArgumentException("length: " + length + " (expected: 0 or more)");
        }
        return new GeneratedBody(length);
    }

    /** The length in bytes. */
    public long length() {
        return length;
    }

    /** The SHA-256 in lower-case hexadecimal; computed at each call. */
    public String sha256() {
        MessageDigest digest = BodyRecord.sha256Digest();
        try {
            pieces(BLOCK, digest::update);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Writes the bytes without framing. */
    void writeTo(OutputStream out) throws IOException {
        pieces(BLOCK, out::write);
    }

    /** Writes the bytes as chunks of that size, with the last chunk and an empty trailer section. */
    void writeChunksTo(OutputStream out, int chunkSize) throws IOException {
        pieces(chunkSize, (bytes, offset, count) -> {
            out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(bytes, offset, count);
            out.write('\r');
            out.write('\n');
        });
        out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    private void pieces(int pieceSize, Sink sink) throws IOException {
        byte[] piece = new byte[pieceSize];
        long state = 0x9e3779b97f4a7c15L;
        for (long done = 0; done < length; ) {
            int count = (int) Math.min(pieceSize, length - done);
            for (int i = 0; i < count; i++) {
                long index = done + i;
                if ((index & 7) == 0) {
                    state ^= state << 13;
                    state ^= state >>> 7;
                    state ^= state << 17;
                }
                piece[i] = (byte) (state >>> ((index & 7) * 8));
            }
            sink.accept(piece, 0, count);
            done += count;
        }
    }

    @FunctionalInterface
    private interface Sink {
        void accept(byte[] bytes, int offset, int count) throws IOException;
    }
}
