package dev.lintel.filters.accesslog;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where lines end up. Used by the writer's thread only. */
interface LogTarget {

    /** Writes whole lines, all of them or, as far as possible, none. */
    void write(ByteBuffer lines) throws IOException;

    /** Opens the target anew. If that fails, the one before stays in use, and whoever reads the log is told. */
    void reopen();

    /** Closes the target. */
    void close() throws IOException;
}
