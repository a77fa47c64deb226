package dev.lintel.proxy;

import dev.lintel.Attempt;
import dev.lintel.Exchange;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A filter that keeps what exchanges say of themselves when they are over. */
final class RecordedFacts implements Filter {

    record Facts(
            int status,
            long requestBytes,
            long responseBytes,
            @Nullable String failure,
            @Nullable String rule,
            List<Attempt> attempts) {}

    private final LinkedBlockingQueue<Facts> ended = new LinkedBlockingQueue<>();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Exchange exchange = Objects.requireNonNull(Exchange.of(request));
        exchange.onComplete(over -> ended.add(new Facts(
                over.status(),
                over.requestBytes(),
                over.responseBytes(),
                over.failure(),
                over.rejection() == null ? null : over.rejection().rule(),
                List.copyOf(over.attempts()))));
        chain.doFilter(request, response);
    }

    /** Waits for the next exchange that ends. */
    Facts next() throws InterruptedException {
        return Objects.requireNonNull(ended.poll(30, TimeUnit.SECONDS), "exchange that ended");
    }

    /** Whether none has ended that was not asked for. */
    boolean isEmpty() {
        return ended.isEmpty();
    }
}
