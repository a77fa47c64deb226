package dev.lintel.test;

import dev.lintel.testing.TestKey;
import dev.lintel.testing.TokenBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A token on its way to be signed, see {@link TestTokens#token}. Not thread-safe. */
public final class TestToken {

    private final TokenBuilder token;
    private final TestKey forger;

    TestToken(TokenBuilder token, TestKey forger) {
        this.token = token;
        this.forger = forger;
    }

    /** Sets {@code sub}. */
    public TestToken subject(String subject) {
        token.subject(subject);
        return this;
    }

    /** Sets {@code aud}: a text for one, a list for more. */
    public TestToken audience(String... audience) {
        token.audience(audience);
        return this;
    }

    /** Sets {@code iss}. */
    public TestToken issuer(String issuer) {
        token.issuer(issuer);
        return this;
    }

    /**
     * Sets a claim.
     *
     * @param value text, number, boolean, list, map, or null for JSON's null
     */
    public TestToken claim(String name, @Nullable Object value) {
        token.claim(name, value);
        return this;
    }

    /** Leaves a claim out. */
    public TestToken withoutClaim(String name) {
        token.withoutClaim(name);
        return this;
    }

    /** Sets {@code exp} to so long after now; negative is in the past. */
    public TestToken expiresIn(Duration time) {
        token.expiresIn(time);
        return this;
    }

    /** The token, signed. */
    public String sign() {
        return token.sign();
    }

    /** The token, signed by somebody else who claims to be the issuer. */
    public String forge() {
        return token.forgedBy(forger).sign();
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "TestToken";
    }
}
