package dev.lintel.conformance.cache;

import static org.awaitility.Awaitility.await;

import dev.lintel.Exchange;
import dev.lintel.conformance.Runner;
import dev.lintel.conformance.ServletContainer;
import dev.lintel.filters.cache.CacheFilter;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One application that runs in a container, with or without a cache in front. */
final class CachedApplication implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final CacheFilter cache = CacheFilter.create();
    private final Runner.Running running;
    private volatile CountDownLatch begun = new CountDownLatch(1);
    private volatile CountDownLatch goneOn = new CountDownLatch(1);

    CachedApplication(ServletContainer container, boolean cached) {
        running = container.start((classes, context) -> {
            add(context, "id", RequestIdFilter.create());
            add(context, "counting", (request, response, chain) -> {
                if (request.getDispatcherType() == DispatcherType.REQUEST) {
                    Objects.requireNonNull(Exchange.of(request)).onComplete(over -> ended.incrementAndGet());
                }
                chain.doFilter(request, response);
            });
            add(context, "front", new FrontFilter());
            if (cached) {
                add(context, "cache", cache);
            }
            ServletRegistration.Dynamic servlet = context.addServlet("answering", new AnsweringServlet(this));
            servlet.setAsyncSupported(true);
            servlet.addMapping("/*");
        });
    }

    private static void add(ServletContext context, String name, Filter filter) {
        FilterRegistration.Dynamic registration = context.addFilter(name, filter);
        registration.setAsyncSupported(true);
        boolean begins = !name.equals("front");
        registration.addMappingForUrlPatterns(
                begins ? EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC) : EnumSet.of(DispatcherType.REQUEST),
                true,
                "/*");
    }

    /** A request has come to the application. */
    void count() {
        asked.incrementAndGet();
    }

    /** How many have. */
    int asked() {
        return asked.get();
    }

    int port() {
        return running.port();
    }

    CacheFilter cache() {
        return cache;
    }

    RawResponse send(RawRequest request) {
        int due = ended.get() + 1;
        RawResponse response = RawClient.exchange(running.port(), request);
        awaitEnded(due);
        return response;
    }

    /** The same for a request that the container may refuse by itself. */
    RawResponse attempt(RawRequest request) {
        int due = ended.get() + 1;
        int before = asked.get();
        RawResponse response = RawClient.exchange(running.port(), request);
        if (asked.get() > before) {
            awaitEnded(due);
        }
        return response;
    }

    /** Sends a request, and resets the connection once the answer has begun. */
    void abandon(RawRequest request) {
        begun = new CountDownLatch(1);
        goneOn = new CountDownLatch(1);
        int due = ended.get() + 1;
        try (RawClient client = RawClient.connect(running.port())) {
            client.send(request);
            pass(begun);
            client.reset();
        }
        goneOn.countDown();
        awaitEnded(due);
    }

    /** Until the client is gone. */
    void pause() {
        CountDownLatch on = goneOn;
        begun.countDown();
        pass(on);
    }

    private static void pass(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the other side: not within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private void awaitEnded(int due) {
        await().until(() -> ended.get() >= due);
    }

    @Override
    public void close() {
        running.close();
    }
}
