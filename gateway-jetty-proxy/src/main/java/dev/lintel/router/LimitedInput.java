package dev.lintel.router;

import dev.lintel.Exchange;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** Counts a body's bytes and throws when they are too many. */
final class LimitedInput extends ServletInputStream {

    private final ServletInputStream input;
    private final Exchange exchange;
    private final long most;

    LimitedInput(ServletInputStream input, Exchange exchange, long most) {
        this.input = input;
        this.exchange = exchange;
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
        exchange.addRequestBytes(bytes);
        if (exchange.requestBytes() > most) {
            throw new BodyTooLargeException(most);
        }
    }
}
