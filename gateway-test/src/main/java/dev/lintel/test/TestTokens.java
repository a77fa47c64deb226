package dev.lintel.test;

import dev.lintel.testing.TestKey;
import dev.lintel.testing.TokenBuilder;
import java.time.Duration;
import java.time.InstantSource;

/**
 * An issuer of tokens, right and wrong, with a key made for the test (ES256). A gateway under test believes it by its {@link #publicKey},
 * without any server. Thread-safe.
 *
 * <pre>{@code
 * TestTokens tokens = TestTokens.of("https://idp.example.com", "orders-api");
 * JwtAuthFilter.builder().issuer(tokens.issuer()).audience(tokens.audience()).publicKey(tokens.publicKey())
 * tokens.alice();  tokens.token().subject("bob").claim("role", "admin").sign();  tokens.expired();
 * }</pre>
 */
public final class TestTokens {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final String issuer;
    private final String audience;
    private final InstantSource clock;
    private final TestKey key = TestKey.ec("test", "ES256");
    private final TestKey forger = TestKey.ec("test", "ES256");

    private TestTokens(String issuer, String audience, InstantSource clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    /** An issuer that goes by the machine's clock. */
    public static TestTokens of(String issuer, String audience) {
        return new TestTokens(issuer, audience, InstantSource.system());
    }

    /** An issuer that goes by a clock. */
    public static TestTokens of(String issuer, String audience, TestClock clock) {
        return new TestTokens(issuer, audience, clock::instant);
    }

    /** What its tokens have as {@code iss}. */
    public String issuer() {
        return issuer;
    }

    /** What its tokens have as {@code aud}. */
    public String audience() {
        return audience;
    }

    /** Its key in PEM, {@code BEGIN PUBLIC KEY}; for the algorithm ES256. */
    public String publicKey() {
        return key.publicPem();
    }

    /** A good token, to be made different: subject {@code alice}, valid for an hour. */
    public TestToken token() {
        TokenBuilder token =
                TokenBuilder.with(key, clock).issuer(issuer).audience(audience).expiresIn(LIFETIME);
        return new TestToken(token, forger);
    }

    /** A good token of {@code alice}. */
    public String alice() {
        return token().sign();
    }

    /** A good token of {@code bob}. */
    public String bob() {
        return token().subject("bob").sign();
    }

    /** A token of {@code alice} that has expired an hour ago. */
    public String expired() {
        return token().expiresIn(LIFETIME.negated()).sign();
    }

    /** A token of {@code alice} for somebody else's service. */
    public String forWrongAudience() {
        return token().audience("another-service").sign();
    }

    /** A token of {@code alice} from another issuer, with the right signature. */
    public String fromWrongIssuer() {
        return token().issuer("https://another.example").sign();
    }

    /** A token that says what {@link #alice} says, signed by somebody else. */
    public String forged() {
        return token().forge();
    }

    @Override
    public String toString() {
        return "tokens of " + issuer;
    }
}
