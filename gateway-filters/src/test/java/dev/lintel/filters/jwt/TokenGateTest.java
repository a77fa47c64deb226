package dev.lintel.filters.jwt;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.option.Problems;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.TestIssuer;
import dev.lintel.testing.WebApp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenGateTest {

    /** The next attempt comes ten seconds after a fetch that failed. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private final TestIssuer issuer = TestIssuer.start();

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void isReadyOnceThereWereKeysIfItIsToWaitForThem() {
        JwtAuthFilter patient =
                JwtAuthFilter.builder().issuer(issuer.url()).anyAudience(true).build();
        JwtAuthFilter waiting = JwtAuthFilter.builder()
                .issuer(issuer.url())
                .anyAudience(true)
                .keysBeforeReady(true)
                .build();
        assertThat(List.of(patient.isReady(), waiting.isReady(), new JwtAuthFilter().isReady()))
                .containsExactly(true, false, false);
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter(FilterSetup.of("jwt", waiting))
                .serve("/*", (request, response) -> {})
                .start()) {
            await().atMost(LONG).until(waiting::isReady);
            assertThat(app.port()).isPositive();
        }
        assertThat(waiting.isReady()).as("still").isTrue();
    }

    /** Or the second would be the first's. */
    @Test
    void keepsNothingOfATokenThatItOnlyForesees() {
        JwtAuthFilterBuilder builder = JwtAuthFilter.builder()
                .publicKey(issuer.rsaKey().publicPem())
                .anyIssuer(true)
                .anyAudience(true);
        TokenGate gate = new TokenGate(requireNonNull(OptionChecks.check(builder, new Problems())));
        String token = issuer.token().sign();
        long now = InstantSource.system().millis();
        TokenDecision foreseen = gate.foresee(token, 0, now);
        TokenDecision decided = gate.decide(token, 0, now);
        assertThat(foreseen).isInstanceOf(TokenDecision.Verified.class).isNotSameAs(decided);
        assertThat(gate.decide(token, 0, now)).isSameAs(decided);
        assertThat(gate.foresee(token, 0, now)).isNotSameAs(decided);
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
            await().atMost(LONG)
                    .until(() ->
                            gate.decide(token, 0, InstantSource.system().millis()) instanceof TokenDecision.Verified);
            assertThat(gate.renewal(null)).isNull();
            assertThat(issuer.keySetFetches()).isEqualTo(1);
        } finally {
            gate.stop();
        }
    }
}
