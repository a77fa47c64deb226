package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ReceivedRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every row of {@link HostileHeads} and {@link HostileFraming}, each followed by a good request on a new connection. */
class HostileRequestTest {

    static final List<HostileRow> ROWS = Stream.of(HostileHeads.all(), HostileFraming.all())
            .flatMap(List::stream)
            .toList();

    private static ScriptedUpstream upstream;
    private static GatewayServer server;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.answering(Answer.ok("ok"));
        server = GatewayServer.start(
                Gateway.builder()
                        .upstream(Upstream.named("service").target(upstream.url()))
                        .route(Route.named("all").path("/**").to("service"))
                        .build(),
                0);
    }

    @AfterAll
    static void stop() {
        server.close();
        upstream.close();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("ROWS")
    void isAnsweredAsExpected(HostileRow row) {
        int before = seenOfRows().size();
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(row.request());
            RawResponse answer = client.readResponse();
            assertThat(answer.status()).as("%s: %s", row, answer).isIn(row.statuses());
            if (answer.status() >= 400) {
                assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                assertThat(answer.bodyText()).contains("\"rule\":\"");
            }
            if (row.closes()) {
                assertThat(answer.headers("Connection"))
                        .as("%s: %s", row, answer)
                        .containsExactly("close");
                client.awaitClosed();
            }
        }
        assertThat(RawClient.exchange(server.port(), RawRequest.get("/canary")).status())
                .isEqualTo(200);
        List<ReceivedRequest> all = seenOfRows();
        List<ReceivedRequest> ofRow = all.subList(before, all.size());
        if (row.reaches()) {
            assertThat(ofRow).as(row.name()).hasSize(1).allMatch(ReceivedRequest::complete);
        } else {
            assertThat(ofRow).as(row.name()).isEmpty();
        }
        // the head of a request whose body is wrong may be on its way when that is found, and arrive at any time
        assertThat(upstream.requests())
                .as(row.name())
                .noneMatch(request -> request.path().equals(HostileFraming.WRONG_BODY) && request.complete())
                .noneMatch(request -> request.path().equals("/admin"));
    }

    private static List<ReceivedRequest> seenOfRows() {
        return upstream.requests().stream()
                .filter(request ->
                        !request.path().equals("/canary") && !request.path().equals(HostileFraming.WRONG_BODY))
                .toList();
    }
}
