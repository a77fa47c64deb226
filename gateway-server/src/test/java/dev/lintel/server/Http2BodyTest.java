package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies whose length nobody tells, from a client of HTTP/2, arrive whole (a gibibyte: {@link Http2GigabyteIT}). */
class Http2BodyTest {

    private static Http2Pair pair;

    @BeforeAll
    static void start() throws Exception {
        pair = Http2Pair.start();
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @ParameterizedTest
    @Timeout(120)
    @CsvSource({
        "h1, 0", "h1, 1", "h1, 65536", "h1, 67108864",
        "h2c, 0", "h2c, 1", "h2c, 65536", "h2c, 67108864"
    })
    void arriveWhole(String protocol, long length) throws Exception {
        Http2Pair.Outcome outcome = pair.post("/" + protocol, length);
        assertThat(outcome.status()).isEqualTo(200);
        assertThat(outcome.received()).isEqualTo(length);
        assertThat(outcome.digestReceived()).isEqualTo(outcome.digestSent());
    }
}
