package dev.lintel.router;

import dev.lintel.Awaited;
import dev.lintel.Exchange;
import dev.lintel.Stage;
import dev.lintel.filter.LintelFilter;
import dev.lintel.option.OptionReader;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Waits for an answer that the test gives, then writes it into a request header field. */
final class WaitingFilter extends LintelFilter {

    final CompletableFuture<String> answer = new CompletableFuture<>();
    final CountDownLatch waiting = new CountDownLatch(1);
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger called = new AtomicInteger();
    private final Duration deadline;

    WaitingFilter(Duration deadline) {
        super(true);
        this.deadline = deadline;
    }

    @Override
    protected void configure(OptionReader options) {}

    @Override
    public @Nullable Stage stage() {
        return Stage.AUTHENTICATION;
    }

    @Override
    protected void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        called.incrementAndGet();
        Awaited<String> outcome = exchange.await(this, this::begin, deadline);
        if (outcome instanceof Awaited.Ready<String> ready) {
            exchange.requestHeaders().set("X-Answer", ready.value());
        } else if (outcome instanceof Awaited.Failed<String> failed) {
            exchange.requestHeaders().set("X-Answer", failed.cause().getClass().getSimpleName());
        } else {
            return;
        }
        chain.doFilter(request, response);
    }

    private CompletableFuture<String> begin() {
        begun.incrementAndGet();
        waiting.countDown();
        return answer;
    }
}
