package dev.lintel.proxy;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that a servlet writes as buffers, on a stream that takes them like those of all containers do. */
public final class BufferCountingFilter implements Filter {

    final AtomicLong asBuffers = new AtomicLong();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response) {
            @Override
            public ServletOutputStream getOutputStream() throws IOException {
                return new Output(super.getOutputStream(), asBuffers);
            }
        });
    }

    /** Public, as the containers' own are. */
    public static final class Output extends ServletOutputStream {

        private final ServletOutputStream output;
        private final AtomicLong asBuffers;

        Output(ServletOutputStream output, AtomicLong asBuffers) {
            this.output = output;
            this.asBuffers = asBuffers;
        }

        /** Takes a buffer, as Servlet 6.1 has it. */
        public void write(ByteBuffer bytes) throws IOException {
            asBuffers.addAndGet(bytes.remaining());
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            output.write(copy);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            output.write(bytes, offset, length);
        }

        @Override
        public void write(int octet) throws IOException {
            output.write(octet);
        }

        @Override
        public void flush() throws IOException {
            output.flush();
        }

        @Override
        public boolean isReady() {
            return output.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            output.setWriteListener(listener);
        }
    }
}
