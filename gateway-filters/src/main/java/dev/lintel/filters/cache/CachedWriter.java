package dev.lintel.filters.cache;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UnsupportedEncodingException;
import java.util.function.BooleanSupplier;

/** Writes text; keeps nothing back while nobody is going to tell of the end. */
final class CachedWriter extends OutputStreamWriter {

    private final BooleanSupplier untold;

    CachedWriter(OutputStream bytes, String charset, BooleanSupplier untold) throws UnsupportedEncodingException {
        super(bytes, charset);
        this.untold = untold;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        super.write(text, offset, length);
        flushIfUntold();
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        super.write(text, offset, length);
        flushIfUntold();
    }

    private void flushIfUntold() throws IOException {
        if (untold.getAsBoolean()) {
            flush();
        }
    }
}
