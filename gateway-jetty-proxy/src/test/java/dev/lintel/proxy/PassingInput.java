package dev.lintel.proxy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** A request's stream that does what the one below it does. */
class PassingInput extends ServletInputStream {

    private final ServletInputStream below;

    PassingInput(ServletInputStream below) {
        this.below = below;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return below.read(bytes, offset, length);
    }

    @Override
    public int read() throws IOException {
        return below.read();
    }

    @Override
    public boolean isFinished() {
        return below.isFinished();
    }

    @Override
    public boolean isReady() {
        return below.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        below.setReadListener(listener);
    }
}
