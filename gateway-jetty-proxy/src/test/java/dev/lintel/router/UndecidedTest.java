package dev.lintel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filter.AuthenticatingFilter;
import dev.lintel.filter.Verdict;
import dev.lintel.option.OptionReader;
import dev.lintel.reject.Rejection;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A filter that cannot decide before something has come, and not even then. */
class UndecidedTest {

    @ParameterizedTest
    @EnumSource(Container.class)
    void asksOnceForWhatItWaitsFor(Container container) throws Exception {
        Undecided filter = new Undecided();
        CountDownLatch left = new CountDownLatch(1);
        Filter before = (request, response, chain) -> {
            chain.doFilter(request, response);
            left.countDown();
        };
        Gateway gateway = Gateway.builder()
                .route(Route.named("hello")
                        .path("/**")
                        .filter(before)
                        .filter(filter)
                        .answer(200, "text/plain", "hello"))
                .build();
        try (WebApp app = WebApp.on(container)
                        .servlet(ServletSetup.of("gateway", new GatewayServlet(gateway)))
                        .start();
                RawClient client = RawClient.connect(app.port())) {
            client.send(RawRequest.get("/a"));
            assertThat(left.await(10, TimeUnit.SECONDS)).as("set aside").isTrue();
            filter.renewal.complete(true);
            assertThat(client.readResponse().status()).isEqualTo(401);
            assertThat(filter.asked).hasValue(1);
        }
    }

    private static final class Undecided extends AuthenticatingFilter implements Verdict.Undecided {

        private static final Rejection REFUSAL = Rejection.client(401, "unknown-key", "Nobody knows this key.");

        final CompletableFuture<Boolean> renewal = new CompletableFuture<>();
        final AtomicInteger asked = new AtomicInteger();

        Undecided() {
            super(true);
        }

        @Override
        public Verdict decide(Exchange exchange, HttpServletRequest request) {
            return this;
        }

        @Override
        public CompletableFuture<?> renewal() {
            asked.incrementAndGet();
            return renewal;
        }

        @Override
        public Duration atMost() {
            return Duration.ofSeconds(20);
        }

        @Override
        public Verdict.Refused otherwise() {
            return Verdict.Refused.of(REFUSAL);
        }

        @Override
        public Rejection challenge() {
            return REFUSAL;
        }

        @Override
        public String credentialField() {
            return "X-Key";
        }

        @Override
        protected void configure(OptionReader options) {
            // none
        }
    }
}
