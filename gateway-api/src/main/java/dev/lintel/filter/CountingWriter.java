package dev.lintel.filter;

import dev.lintel.Exchange;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;

/** Counts the bytes that a response's writer encodes, without encoding for it. */
final class CountingWriter extends PrintWriter {

    private final Exchange exchange;
    private final PrintWriter theirs;
    private final ExchangeResponse view;
    private final CharsetEncoder encoder;
    private final ByteBuffer scratch = ByteBuffer.allocate(512);
    private final String lineEnd;

    /**
     * @param view is told when a write is found to have failed
     */
    CountingWriter(PrintWriter writer, Charset charset, Exchange exchange, ExchangeResponse view) {
        super(writer);
        this.theirs = writer;
        this.exchange = exchange;
        this.view = view;
        // the line ends of a client stay what the container makes them: Undertow's are those of HTTP everywhere
        this.lineEnd = writer.getClass().getName().startsWith("io.undertow.") ? "\r\n" : System.lineSeparator();
        this.encoder = charset.newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    @Override
    public void write(int c) {
        super.write(c);
        count(CharBuffer.wrap(new char[] {(char) c}));
    }

    @Override
    public void write(char[] text, int offset, int length) {
        super.write(text, offset, length);
        count(CharBuffer.wrap(text, offset, length));
    }

    @Override
    public void write(String text, int offset, int length) {
        super.write(text, offset, length);
        count(CharBuffer.wrap(text, offset, offset + length));
    }

    @Override
    public void flush() {
        if (hasFailed()) {
            view.gone();
        }
    }

    private boolean hasFailed() {
        try {
            return theirs.checkError();
        } catch (NullPointerException tomcats) {
            // of its own, see CountingOutput
            return true;
        }
    }

    @Override
    public boolean checkError() {
        boolean error = super.checkError();
        if (error) {
            view.gone();
        }
        return error;
    }

    @Override
    public void println() {
        write(lineEnd);
    }

    private void count(CharBuffer text) {
        while (true) {
            scratch.clear();
            boolean more = encoder.encode(text, scratch, false).isOverflow();
            exchange.addResponseBytes(scratch.position());
            if (!more) {
                return;
            }
        }
    }
}
