package dev.lintel.filters.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.lintel.option.Problems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to decide about a token that was verified before, and about one that was not. In the filter's own package,
 * since what decides is nobody else's business.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class VerifiedTokenAgain {

    /** How many tokens are verified before: 100 users take turns. 0 stands for no cache, so each is verified anew. */
    @Param({"100", "0"})
    public int cached;

    private final List<String> tokens = new ArrayList<>();
    private @Nullable TokenGate gate;
    private int next;

    /** Makes the filter's gate and a hundred tokens of an RS256 key. */
    @Setup
    public void prepare() throws JOSEException {
        RSAKey key = new RSAKeyGenerator(2048)
                .keyID("k")
                .algorithm(JWSAlgorithm.RS256)
                .generate();
        JwtAuthFilterBuilder options = JwtAuthFilter.builder()
                .issuer("https://idp.example.com")
                .audience("orders-api")
                .publicKey(key.toPublicJWK().toJSONString())
                .algorithms("RS256")
                .cacheSize(cached);
        JwtOptions checked = OptionChecks.check(options, new Problems());
        if (checked == null) {
            throw new IllegalStateException("options: refused (expected: valid ones)");
        }
        gate = new TokenGate(checked);
        for (int i = 0; i < 100; i++) {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(),
                    new JWTClaimsSet.Builder()
                            .issuer("https://idp.example.com")
                            .audience("orders-api")
                            .subject("user-" + i)
                            .claim("roles", List.of("admin", "buyer"))
                            .claim("name", "A. N. Other")
                            .expirationTime(Date.from(Instant.now().plusSeconds(3600)))
                            .build());
            token.sign(new RSASSASigner(key));
            tokens.add(token.serialize());
        }
    }

    /** Decides about the next user's token. */
    @Benchmark
    public @Nullable TokenDecision decide() {
        TokenGate deciding = gate;
        next = (next + 1) % 100;
        return deciding == null ? null : deciding.decide(tokens.get(next), System.currentTimeMillis());
    }
}
