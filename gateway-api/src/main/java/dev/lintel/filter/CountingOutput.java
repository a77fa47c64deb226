package dev.lintel.filter;

import dev.lintel.Exchange;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Counts the bytes of a response's body on their way to the container. */
final class CountingOutput extends ServletOutputStream {

    private final ServletOutputStream output;
    private final @Nullable Exchange exchange;
    private final Runnable failed;

    /**
     * @param exchange whose bytes they are; null if they are counted elsewhere
     * @param failed called when the container takes nothing more
     */
    CountingOutput(ServletOutputStream output, @Nullable Exchange exchange, Runnable failed) {
        this.output = output;
        this.exchange = exchange;
        this.failed = failed;
    }

    @Override
    public boolean isReady() {
        return output.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        output.setWriteListener(listener);
    }

    @Override
    public void write(int b) throws IOException {
        try {
            output.write(b);
        } catch (IOException e) {
            failed.run();
            throw e;
        }
        count(1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            output.write(bytes, offset, length);
        } catch (IOException e) {
            failed.run();
            throw e;
        }
        count(length);
    }

    @Override
    public void flush() throws IOException {
        try {
            output.flush();
        } catch (IOException e) {
            failed.run();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        output.close();
    }

    private void count(long bytes) {
        if (exchange != null) {
            exchange.addResponseBytes(bytes);
        }
    }
}
