package dev.lintel.filter;

import dev.lintel.Exchange;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Counts a body's bytes and throws when they are too many. */
final class LimitedInput extends ServletInputStream {

    private final ServletInputStream input;
    private final @Nullable Exchange counting;
    private final long most;
    private long taken;

    LimitedInput(ServletInputStream input, @Nullable Exchange counting, long most) {
        this.input = input;
        this.counting = counting;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        int octet = input.read();
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = input.read(into, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    @Override
    public boolean isFinished() {
        return input.isFinished();
    }

    @Override
    public boolean isReady() {
        return input.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        input.setReadListener(listener);
    }

    private void count(int bytes) throws BodyTooLargeException {
        taken += bytes;
        if (counting != null) {
            counting.addRequestBytes(bytes);
        }
        if (taken > most) {
            throw new BodyTooLargeException(most);
        }
    }
}
