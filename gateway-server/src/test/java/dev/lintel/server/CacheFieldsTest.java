package dev.lintel.server;

import static dev.lintel.server.CachedGateway.FRESH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Answer;
import dev.lintel.testing.RawResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an upstream says of one exchange is said to one client. */
class CacheFieldsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Request-Id: 1",
                "X-Correlation-ID: 1",
                "Server-Timing: db;dur=53",
                "Traceresponse: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "Traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "Tracestate: a=b",
                "RateLimit: \"all\";r=3",
                "RateLimit-Policy: \"all\";q=9",
                "RateLimit-Remaining: 3",
                "X-RateLimit-Remaining: 3",
                "X-Amzn-Trace-Id: Root=1",
                "X-Amzn-RequestId: 1",
                "X-B3-TraceId: 1",
                "b3: 0",
                "X-Cloud-Trace-Context: 1/2",
                "CF-Ray: 1-FRA"
            })
    void whatIsOfOneExchangeIsPassedOnOnce(String line) {
        String name = line.substring(0, line.indexOf(':'));
        try (CachedGateway gateway =
                CachedGateway.start().answering(Answer.ok("answer", FRESH, "ETag: \"a\"", "X-Mark: yes", line))) {
            assertThat(gateway.get("/a").headerLines()).contains(line);
            again(gateway, name);
            gateway.pass(61);
            gateway.answering(Answer.head(304, FRESH, "ETag: \"a\"", line));
            RawResponse confirmed = gateway.get("/a");
            assertThat(confirmed.status()).isEqualTo(200);
            assertThat(confirmed.headerLines()).contains(line);
            again(gateway, name);
        }
    }

    private static void again(CachedGateway gateway, String name) {
        RawResponse kept = gateway.get("/a");
        assertThat(kept.header("Cache-Status")).startsWith("lintel; hit");
        assertThat(kept.hasHeader(name)).isFalse();
        assertThat(kept.header("X-Mark")).isEqualTo("yes");
    }

    @Test
    void anAnswerThatProvesWhoseItIsIsNotKept() {
        try (CachedGateway gateway =
                CachedGateway.start().answering(Answer.ok("answer", FRESH, "Authentication-Info: rspauth=\"1\""))) {
            assertThat(gateway.get("/a").hasHeader("Authentication-Info")).isTrue();
            assertThat(gateway.cache().size()).isZero();
        }
    }
}
