package dev.lintel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;

/**
 * How often a small request goes from thread to thread in a container that is not Jetty: from the container's thread, which sends it, to
 * that which watches the upstream's connection, and to no other of the gateway's own.
 */
public abstract class OneHopRun {

    /** Where a client for upstreams looks for threads. */
    private static final String EXECUTOR = "org.eclipse.jetty.server.Executor";

    private static final int BEFORE = 100;
    private static final int REQUESTS = 500;

    private final ServletContainer container;

    /** A run in that container. */
    protected OneHopRun(ServletContainer container) {
        this.container = container;
    }

    @Test
    void whoReadsTheAnswerWritesIt() {
        Counting threads = new Counting();
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.answering(Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine"));
                Runner.Running running = container.start((classes, context) -> {
                    context.setAttribute(EXECUTOR, threads);
                    ServletContainer.servlet(gateway(upstream)).onStartup(classes, context);
                })) {
            ask(running, BEFORE);
            int before = threads.given.get();
            assertThat(before).isPositive();
            ask(running, REQUESTS);
            // none in the way of a request; there may be some beside them
            assertThat(threads.given.get() - before).isLessThan(REQUESTS / 10);
        }
    }

    private static Gateway gateway(ScriptedUpstream upstream) {
        return Gateway.builder()
                .upstream(Upstream.named("service").target(upstream.url()))
                .route(Route.named("all").path("/**").to("service"))
                .build();
    }

    private static void ask(Runner.Running running, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(RawClient.exchange(running.port(), RawRequest.get("/a")).bodyText())
                    .isEqualTo("fine");
        }
    }

    /** The gateway's own threads, which count what one gives to another. */
    private static final class Counting extends QueuedThreadPool {

        private final AtomicInteger given = new AtomicInteger();

        @Override
        public void execute(Runnable task) {
            given.incrementAndGet();
            super.execute(task);
        }

        @Override
        public boolean tryExecute(Runnable task) {
            boolean taken = super.tryExecute(task);
            if (taken) {
                given.incrementAndGet();
            }
            return taken;
        }
    }
}
