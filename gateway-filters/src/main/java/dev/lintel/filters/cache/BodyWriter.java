package dev.lintel.filters.cache;

import dev.lintel.Exchange;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes a body piece by piece, as the client takes it and without waiting for it. */
final class BodyWriter implements WriteListener {

    /** Some containers keep what they are given until they can send it. */
    private static final int PIECE = 32 * 1024;

    private final Exchange exchange;
    private final ServletOutputStream output;
    private final StoredBody body;
    private final Runnable then;
    private final AtomicBoolean over = new AtomicBoolean();
    private int at;

    /**
     * Makes it.
     *
     * @param then is run once, when all is written or the client is gone
     */
    BodyWriter(Exchange exchange, ServletOutputStream output, StoredBody body, Runnable then) {
        this.exchange = exchange;
        this.output = output;
        this.body = body;
        this.then = then;
    }

    @Override
    public void onWritePossible() throws IOException {
        while (output.isReady()) {
            if (at == body.length()) {
                end();
                return;
            }
            int length = Math.min(PIECE, body.length() - at);
            int from = at;
            at += length;
            body.write(output, from, length);
        }
    }

    @Override
    public void onError(Throwable thrown) {
        exchange.failure("client-gone");
        end();
    }

    private void end() {
        if (over.compareAndSet(false, true)) {
            then.run();
        }
    }
}
