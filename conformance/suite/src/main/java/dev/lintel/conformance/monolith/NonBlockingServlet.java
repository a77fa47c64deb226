package dev.lintel.conformance.monolith;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Reads all that is posted without a thread, and writes it a thousand times in the same way. */
public final class NonBlockingServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final int TIMES = 1000;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext context = request.startAsync();
        ServletInputStream input = request.getInputStream();
        ServletOutputStream output = response.getOutputStream();
        input.setReadListener(new Reading(context, input, output));
    }

    private static final class Reading implements ReadListener {

        private final AsyncContext context;
        private final ServletInputStream input;
        private final ServletOutputStream output;
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();
        private final byte[] buffer = new byte[1024];

        Reading(AsyncContext context, ServletInputStream input, ServletOutputStream output) {
            this.context = context;
            this.input = input;
            this.output = output;
        }

        @Override
        public void onDataAvailable() throws IOException {
            while (input.isReady()) {
                int count = input.read(buffer);
                if (count < 0) {
                    return;
                }
                all.write(buffer, 0, count);
            }
        }

        @Override
        public void onAllDataRead() {
            output.setWriteListener(new Writing(context, output, all.toByteArray()));
        }

        @Override
        public void onError(Throwable failure) {
            context.complete();
        }
    }

    private static final class Writing implements WriteListener {

        private final AsyncContext context;
        private final ServletOutputStream output;
        private final byte[] text;
        private int written;

        Writing(AsyncContext context, ServletOutputStream output, byte[] text) {
            this.context = context;
            this.output = output;
            this.text = text;
        }

        @Override
        public void onWritePossible() throws IOException {
            while (output.isReady()) {
                if (written++ == TIMES) {
                    context.complete();
                    return;
                }
                output.write(text);
            }
        }

        @Override
        public void onError(Throwable failure) {
            context.complete();
        }
    }
}
