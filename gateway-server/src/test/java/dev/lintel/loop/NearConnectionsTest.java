package dev.lintel.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filter.NonWaiting;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That a loop comes to have upstream connections of its own, and what bounds them, with as many loops as there are processors. */
class NearConnectionsTest {

    private static final int CLIENTS = 8;

    private final Noting noting = new Noting();
    private final ScriptedUpstream upstream = ScriptedUpstream.start(request -> Answer.ok(request.target()));
    private final List<RawClient> clients = new ArrayList<>();
    private GatewayServer server;

    @BeforeEach
    void start() {
        server = start(256);
    }

    private GatewayServer start(int mostConnections) {
        return GatewayServer.builder(Gateway.builder()
                        .upstream(
                                Upstream.named("service").target(upstream.url()).maxConnections(mostConnections))
                        .route(Route.named("all").path("/**").filter(noting).to("service"))
                        .build())
                .port(0)
                .withoutAdminPort()
                .oneLoop(true)
                .start();
    }

    @AfterEach
    void stop() {
        clients.forEach(RawClient::close);
        server.close();
        upstream.close();
    }

    @Test
    void answersComeToBeReadByTheLoopOfTheirClient() {
        connect(server);
        int near = 0;
        for (int round = 0; near < 20 && round < 5_000; round++) {
            near = answered(round) == CLIENTS ? near + 1 : 0;
        }
        assertThat(near).isEqualTo(20);
        // one for each request at a time, and at most one opened beside it while it went over another loop's
        assertThat(upstream.connectionsAccepted()).isLessThanOrEqualTo(2 * CLIENTS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void loopsShareWhatFewConnectionsThereMayBe(int most) {
        try (GatewayServer narrow = start(most)) {
            connect(narrow);
            for (int round = 0; round < 50; round++) {
                answered(round);
            }
        }
        assertThat(upstream.connectionsAccepted()).isLessThanOrEqualTo(most);
    }

    private void connect(GatewayServer to) {
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(RawClient.connect(to.port()));
        }
    }

    /** Has all clients ask at the same time; how many requests began and ended on the same loop. */
    private long answered(int round) {
        clients.forEach(client -> client.send(RawRequest.get("/" + round)));
        clients.forEach(client -> assertThat(client.readResponse().bodyText()).isEqualTo("/" + round));
        return clients.stream().filter(client -> noting.next()).count();
    }

    private static final class Noting implements Filter, NonWaiting {

        private final BlockingQueue<Boolean> same = new LinkedBlockingQueue<>();

        /** Whether an exchange, the next of those that have not been asked for, began and ended on the same loop. */
        boolean next() {
            try {
                return Objects.requireNonNull(same.poll(10, TimeUnit.SECONDS));
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            Object began = Turn.selector();
            Objects.requireNonNull(Exchange.of(request))
                    .onComplete(exchange -> same.add(began != null && Turn.selector() == began));
            chain.doFilter(request, response);
        }
    }
}
