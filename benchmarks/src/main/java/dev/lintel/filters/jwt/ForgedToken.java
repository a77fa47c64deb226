package dev.lintel.filters.jwt;

import com.nimbusds.jose.JOSEException;
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

/** What it costs to refuse a bad token, beside what it costs to verify a good one for the first time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ForgedToken {

    /** What is presented. */
    public enum Kind {
        /** A good token that was never seen before. */
        GOOD,
        /** A token whose signature is another's. */
        BAD_SIGNATURE,
        /** A token that names a key that nobody knows. */
        UNKNOWN_KEY,
        /** A token with a character that base64url has not, at its end. */
        NOT_BASE64,
        /** 16 KiB, which is more than is looked at. */
        TOO_LONG,
        /** 16 KiB where so much is allowed, with another's signature. */
        LONG_BAD_SIGNATURE,
        /** 16 KiB where so much is allowed, naming a key that nobody knows. */
        LONG_UNKNOWN_KEY
    }

    /** What is presented. */
    @Param
    public Kind kind = Kind.GOOD;

    private @Nullable TokenGate gate;
    private String line = "";

    /** Makes the gate and the token. */
    @Setup
    public void prepare() throws JOSEException {
        SampleTokens ours = new SampleTokens();
        SampleTokens others = new SampleTokens();
        gate = ours.gate(0, kind.name().startsWith("LONG_") ? 65_536 : 8 * 1024);
        String name = "A. N. Other";
        String longName = "n".repeat(12 * 1024);
        line = switch (kind) {
            case GOOD -> ours.line("user", "k", name);
            case BAD_SIGNATURE -> others.line("user", "k", name);
            case UNKNOWN_KEY -> others.line("user", "other", name);
            case NOT_BASE64 -> ours.line("user", "k", name) + "!";
            case TOO_LONG, LONG_BAD_SIGNATURE -> others.line("user", "k", longName);
            case LONG_UNKNOWN_KEY -> others.line("user", "other", longName);
        };
    }

    /** Decides about the token. */
    @Benchmark
    public @Nullable TokenDecision decide() {
        TokenGate deciding = gate;
        return deciding == null ? null : deciding.decide(line, "Bearer ".length(), System.currentTimeMillis());
    }
}
