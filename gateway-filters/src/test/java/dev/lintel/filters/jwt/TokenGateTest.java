package dev.lintel.filters.jwt;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.option.Problems;
import dev.lintel.testing.TestIssuer;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenGateTest {

    private final TestIssuer issuer = TestIssuer.start();

    @AfterEach
    void stop() {
        issuer.close();
    }

    /** The one fetch that unknown keys may cause is not spent on keys that came between a decision and the wait for them. */
    @Test
    void doesNotFetchAgainForKeysThatCameMeanwhile() {
        JwtAuthFilterBuilder builder =
                JwtAuthFilter.builder().issuer(issuer.url()).anyAudience(true);
        TokenGate gate = new TokenGate(requireNonNull(OptionChecks.check(builder, new Problems())));
        gate.start();
        try {
            String token = issuer.token().sign();
            await().until(() -> gate.decide(token, InstantSource.system().millis()) instanceof TokenDecision.Verified);
            assertThat(gate.firstKeys()).isCompletedWithValue(true);
            assertThat(issuer.keySetFetches()).isEqualTo(1);
        } finally {
            gate.stop();
        }
    }
}
