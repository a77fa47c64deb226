package dev.lintel.filters.accesslog;

import java.io.PrintStream;
import java.nio.ByteBuffer;

/** Lines on the standard output of the process, as containers' log collectors want them. */
final class StandardOutput implements LogTarget {

    private final PrintStream out = System.out;

    @Override
    public void write(ByteBuffer lines) {
        out.write(lines.array(), lines.arrayOffset() + lines.position(), lines.remaining());
        out.flush();
    }

    @Override
    public void reopen() {}

    @Override
    public void close() {}
}
