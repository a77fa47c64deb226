package dev.lintel.filters.compression;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Codes one body with gzip (RFC 1952) piece by piece, and never writes anywhere itself. Not thread-safe. */
final class GzipEncoder {

    /** No name, no time, unknown system. */
    private static final byte[] HEAD = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final CRC32 sum = new CRC32();
    private final byte[] piece = new byte[4096];
    private final ByteArrayOutputStream coded = new ByteArrayOutputStream(512);
    private boolean unflushed;
    private boolean ended;

    GzipEncoder() {
        coded.writeBytes(HEAD);
    }

    /** How many coded bytes are to be taken. */
    int size() {
        return coded.size();
    }

    /** Takes the coded bytes. */
    byte[] take() {
        byte[] bytes = coded.toByteArray();
        coded.reset();
        return bytes;
    }

    void write(byte[] bytes, int offset, int length) {
        if (!ended && length > 0) {
            sum.update(bytes, offset, length);
            deflater.setInput(bytes, offset, length);
            unflushed = true;
            deflate(Deflater.NO_FLUSH);
        }
    }

    /** Codes what was written so far, so that it can be decoded without what comes after. */
    void flush() {
        if (!ended && unflushed) {
            unflushed = false;
            deflate(Deflater.SYNC_FLUSH);
        }
    }

    /** Codes the end. */
    void finish() {
        if (ended) {
            return;
        }
        deflater.finish();
        while (!deflater.finished()) {
            coded.write(piece, 0, deflater.deflate(piece));
        }
        little((int) sum.getValue());
        little((int) deflater.getBytesRead());
        end();
    }

    /** Lets go of its memory; what is to be taken can be taken. */
    void end() {
        ended = true;
        deflater.end();
    }

    private void deflate(int mode) {
        int length;
        do {
            length = deflater.deflate(piece, 0, piece.length, mode);
            coded.write(piece, 0, length);
        } while (length == piece.length);
    }

    private void little(int number) {
        for (int shift = 0; shift < 32; shift += 8) {
            coded.write(number >>> shift);
        }
    }
}
