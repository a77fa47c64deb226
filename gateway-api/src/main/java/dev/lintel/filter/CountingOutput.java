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

    CountingOutput(ServletOutputStream output, @Nullable Exchange exchange) {
        this.output = output;
        this.exchange = exchange;
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
        output.write(b);
        count(1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        output.write(bytes, offset, length);
        count(length);
    }

    @Override
    public void flush() throws IOException {
        output.flush();
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
