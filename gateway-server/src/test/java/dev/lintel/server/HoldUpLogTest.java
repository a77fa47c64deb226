package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filter.NonWaiting;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HoldUpLogTest {

    @Test
    void namesFilterOfARouteThatWaits() {
        CountDownLatch release = new CountDownLatch(1);
        Held held = new Held(release);
        Gateway gateway = Gateway.builder()
                .route(Route.named("all").path("/**").filter(held).answer(200, "text/plain", ""))
                .build();
        HoldUpLog log = new HoldUpLog(() -> gateway);
        Thread thread = new Thread(held::hold);
        thread.start();
        try {
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
            assertThat(log.message(7_000_000, thread.getStackTrace()))
                    .contains("held up for 7 ms by " + Held.class.getName() + ",");
        } finally {
            release.countDown();
        }
    }

    @Test
    void saysSoIfItIsNoFilter() {
        Gateway gateway = Gateway.builder()
                .route(Route.named("all").path("/**").answer(200, "text/plain", ""))
                .build();
        HoldUpLog log = new HoldUpLog(() -> gateway);
        assertThat(log.message(1_000_000, Thread.currentThread().getStackTrace()))
                .contains("other than a filter");
    }

    private static final class Held implements Filter, NonWaiting {

        private final CountDownLatch release;

        Held(CountDownLatch release) {
            this.release = release;
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {
            hold();
        }

        void hold() {
            try {
                release.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
