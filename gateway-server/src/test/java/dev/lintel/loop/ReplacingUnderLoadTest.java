package dev.lintel.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.Stage;
import dev.lintel.filter.LintelFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.option.OptionReader;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gateways take over from each other while clients ask. */
class ReplacingUnderLoadTest {

    private static final int SWAPS = 200;
    private static final int CLIENTS = 4;

    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger waitedOnLoop = new AtomicInteger();
    private final AtomicInteger alive = new AtomicInteger();
    private volatile boolean over;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void losesAndMixesNoRequest(boolean oneLoop) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start(request -> Answer.ok(request.header("X-Signed")));
                GatewayServer server = GatewayServer.builder(gateway(0, upstream))
                        .port(0)
                        .oneLoop(oneLoop)
                        .start()) {
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String path = i % 2 == 0 ? "/through" : "/fixed";
                clients.add(CompletableFuture.runAsync(() -> ask(server.port(), path), this::begin));
            }
            for (int i = 1; i <= SWAPS; i++) {
                server.replace(gateway(i, upstream));
                served.set(i);
                // some requests for each gateway, on machines of any speed
                while (answered.get() < i * CLIENTS && clients.stream().noneMatch(CompletableFuture::isDone)) {
                    Thread.onSpinWait();
                }
            }
            over = true;
            for (CompletableFuture<Void> client : clients) {
                client.get();
            }
            assertThat(answered).hasValueGreaterThanOrEqualTo(SWAPS * CLIENTS);
            // a loop that uses another's connection has one more opened for itself
            assertThat(upstream.connectionsAccepted()).isLessThanOrEqualTo(2 * CLIENTS);
            assertThat(waitedOnLoop).hasValue(0);
        }
        assertThat(alive).hasValue(0);
    }

    /** Were the next gateway asked whether it waits and the one before to handle it, a filter would hold the loop up. */
    @Test
    void handsWhatWaitsOverByTheGatewayThatHandlesIt() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok(""));
                GatewayServer server =
                        GatewayServer.builder(gateway(0, upstream)).port(0).start()) {
            for (int i = 1; i <= 4; i++) {
                server.replace(gateway(i, upstream));
                RawResponse answer = RawClient.exchange(server.port(), RawRequest.get("/fixed"));
                assertThat(answer.bodyText()).isEqualTo("" + i);
            }
        }
        assertThat(waitedOnLoop).hasValue(0);
    }

    private void begin(Runnable client) {
        new Thread(client, "client").start();
    }

    private void ask(int port, String path) {
        try (RawClient client = RawClient.connect(port)) {
            while (!over) {
                int least = served.get();
                RawResponse answer = client.send(RawRequest.get(path)).readResponse();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.complete()).isTrue();
                // signed by the filter of all, told by the filter of the route to the upstream, or by the fixed answer
                assertThat(answer.header("X-Signed")).isEqualTo(answer.bodyText());
                assertThat(Integer.parseInt(answer.bodyText())).isGreaterThanOrEqualTo(least);
                answered.incrementAndGet();
            }
        }
    }

    private Gateway gateway(int number, ScriptedUpstream upstream) {
        return Gateway.builder()
                .filter(new Signing(number, false))
                .upstream(Upstream.named("service").target(upstream.url()))
                .route(Route.named("through")
                        .path("/through")
                        .filter(new Signing(number, true))
                        .to("service"))
                .route(Route.named("fixed").path("/fixed").answer(200, "text/plain", "" + number))
                .build();
    }

    /** Says which gateway it belongs to; every other one is not marked as one that never waits. */
    private final class Signing extends LintelFilter implements NonWaiting {

        private final int number;
        private final boolean request;

        Signing(int number, boolean request) {
            super(true);
            this.number = number;
            this.request = request;
        }

        @Override
        public boolean neverWaits() {
            return number % 2 == 0;
        }

        @Override
        public @Nullable Stage stage() {
            return null;
        }

        @Override
        protected void configure(OptionReader options) {}

        @Override
        protected void start(FilterConfig config) {
            alive.incrementAndGet();
        }

        @Override
        protected void stop() {
            alive.decrementAndGet();
        }

        @Override
        protected void filter(
                Exchange exchange, HttpServletRequest asked, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (!neverWaits() && Turn.selector() != null) {
                waitedOnLoop.incrementAndGet();
            }
            if (request) {
                exchange.requestHeaders().set("X-Signed", "" + number);
            } else {
                setResponseHeader(exchange, response, "X-Signed", "" + number);
            }
            chain.doFilter(asked, response);
        }
    }
}
