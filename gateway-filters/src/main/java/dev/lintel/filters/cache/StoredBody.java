package dev.lintel.filters.cache;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;

/** A body that is kept. Immutable: nobody else has its bytes. */
final class StoredBody {

    static final StoredBody NONE = new StoredBody(new byte[0]);

    private final byte[] bytes;

    /** Takes the bytes over. */
    StoredBody(byte[] bytes) {
        this.bytes = bytes;
    }

    int length() {
        return bytes.length;
    }

    /** Writes a part of it. */
    void write(ServletOutputStream output, int from, int count) throws IOException {
        output.write(bytes, from, count);
    }
}
