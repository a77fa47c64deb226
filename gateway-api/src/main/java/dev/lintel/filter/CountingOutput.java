package dev.lintel.filter;

import dev.lintel.Exchange;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts the bytes of a response's body on their way to the container. */
final class CountingOutput extends ServletOutputStream {

    private final ServletOutputStream output;
    private final @Nullable Exchange exchange;
    private final ExchangeResponse view;

    /**
     * @param exchange whose bytes they are; null if they are counted elsewhere
     * @param view is told when a write fails
     */
    CountingOutput(ServletOutputStream output, @Nullable Exchange exchange, ExchangeResponse view) {
        this.output = output;
        this.exchange = exchange;
        this.view = view;
    }

    @Override
    public boolean isReady() {
        return output.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        output.setWriteListener(listener);
    }

    // Tomcat throws a NullPointerException of its own where it is taking the request apart at the same time

    @Override
    public void write(int b) throws IOException {
        try {
            output.write(b);
        } catch (IOException | NullPointerException e) {
            view.gone();
            throw e;
        }
        count(1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        // what the application itself does wrong is no failure of the client's
        Objects.checkFromIndexSize(offset, length, bytes.length);
        try {
            output.write(bytes, offset, length);
        } catch (IOException | NullPointerException e) {
            view.gone();
            throw e;
        }
        count(length);
    }

    @Override
    public void flush() throws IOException {
        try {
            output.flush();
        } catch (IOException | NullPointerException e) {
            view.gone();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            output.close();
        } catch (IOException | NullPointerException e) {
            view.gone();
            throw e;
        }
    }

    private void count(long bytes) {
        if (exchange != null) {
            exchange.addResponseBytes(bytes);
        }
    }
}
