package dev.lintel.filters.cache;

import static org.awaitility.Awaitility.await;

import dev.lintel.Exchange;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** An application behind a cache, with one servlet that is a lambda. */
final class CachedApp implements AutoCloseable {

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final CacheFilter cache = CacheFilter.create();
    private final WebApp app;

    /** Answers; is told how often it has been asked. */
    @FunctionalInterface
    interface Answering {
        void answer(HttpServletRequest request, HttpServletResponse response, int number) throws Exception;
    }

    CachedApp(Container container, boolean onDispatches, Answering servlet) {
        this(container, onDispatches, servlet, (request, response, chain) -> chain.doFilter(request, response));
    }

    CachedApp(Container container, boolean onDispatches, Answering servlet, Filter inFront) {
        this(
                container,
                onDispatches,
                servlet,
                inFront,
                (request, response, chain) -> chain.doFilter(request, response));
    }

    CachedApp(Container container, boolean onDispatches, Answering servlet, Filter inFront, Filter outermost) {
        Filter counting = (request, response, chain) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                Objects.requireNonNull(Exchange.of(request)).onComplete(over -> ended.incrementAndGet());
            }
            chain.doFilter(request, response);
        };
        DispatcherType other = onDispatches ? DispatcherType.ASYNC : DispatcherType.REQUEST;
        ServletSetup.Body body = (request, response) -> {
            try {
                int number =
                        request.getDispatcherType() == DispatcherType.ASYNC ? asked.get() : asked.incrementAndGet();
                servlet.answer(request, response, number);
            } catch (java.io.IOException | RuntimeException thrown) {
                throw thrown;
            } catch (Exception thrown) {
                throw new IllegalStateException(thrown);
            }
        };
        app = WebApp.on(container)
                .filter(FilterSetup.of("outermost", outermost).dispatchers(DispatcherType.REQUEST, other))
                .filter(FilterSetup.of("id", RequestIdFilter.create()).dispatchers(DispatcherType.REQUEST, other))
                .filter(FilterSetup.of("counting", counting).dispatchers(DispatcherType.REQUEST, other))
                .filter(FilterSetup.of("front", inFront).dispatchers(DispatcherType.REQUEST, other))
                .filter(FilterSetup.of("cache", cache).dispatchers(DispatcherType.REQUEST, other))
                .serve("/*", body)
                .start();
    }

    CacheFilter cache() {
        return cache;
    }

    int asked() {
        return asked.get();
    }

    RawResponse get(String... lines) {
        RawRequest request = RawRequest.get("/a");
        for (String line : lines) {
            request = request.line(line);
        }
        return send(request);
    }

    /** Sends a request and waits until all that follows from it is done. */
    RawResponse send(RawRequest request) {
        int due = ended.get() + 1;
        RawResponse response = RawClient.exchange(app.port(), request);
        awaitEnded(due);
        return response;
    }

    /** The same for a request that the container may refuse by itself. */
    RawResponse attempt(RawRequest request) {
        int due = ended.get() + 1;
        int before = asked.get();
        RawResponse response = RawClient.exchange(app.port(), request.close());
        if (asked.get() > before) {
            awaitEnded(due);
        }
        return response;
    }

    /** Sends a request, resets the connection as soon as that returns, runs what comes then, and waits until all is done. */
    void abandon(Runnable begun, Runnable gone) {
        int due = ended.get() + 1;
        try (RawClient client = RawClient.connect(app.port())) {
            client.send(RawRequest.get("/a"));
            begun.run();
            client.reset();
        }
        gone.run();
        awaitEnded(due);
    }

    private void awaitEnded(int due) {
        await().pollInterval(Duration.ofMillis(2)).until(() -> ended.get() >= due);
    }

    @Override
    public void close() {
        app.close();
    }
}
