package dev.lintel.filters.jwt;

import com.nimbusds.jose.JOSEException;
import java.util.ArrayList;
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

    private final List<String> lines = new ArrayList<>();
    private @Nullable TokenGate gate;
    private int next;

    /** Makes the filter's gate and a hundred tokens of an RS256 key. */
    @Setup
    public void prepare() throws JOSEException {
        SampleTokens samples = new SampleTokens();
        gate = samples.gate(cached, 8 * 1024);
        for (int i = 0; i < 100; i++) {
            lines.add(samples.line("user-" + i, "k", "A. N. Other"));
        }
    }

    /** Decides about the next user's token. */
    @Benchmark
    public @Nullable TokenDecision decide() {
        TokenGate deciding = gate;
        next = (next + 1) % 100;
        return deciding == null
                ? null
                : deciding.decide(lines.get(next), "Bearer ".length(), System.currentTimeMillis());
    }
}
