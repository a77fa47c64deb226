package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A gibibyte whose length nobody tells, from a client of HTTP/2:
 *
 * <pre>
 * mvn -Pintegration -pl gateway-server -am verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dit.test=Http2GigabyteIT -DargLine=-Xmx256m
 * </pre>
 */
class Http2GigabyteIT {

    @ParameterizedTest
    @Timeout(600)
    @ValueSource(strings = {"h1", "h2c"})
    void arrivesWhole(String protocol) throws Exception {
        try (Http2Pair pair = Http2Pair.start()) {
            Http2Pair.Outcome outcome = pair.post("/" + protocol, 1L << 30);
            assertThat(outcome.status()).isEqualTo(200);
            assertThat(outcome.received()).isEqualTo(1L << 30);
            assertThat(outcome.digestReceived()).isEqualTo(outcome.digestSent());
        }
    }
}
