package dev.lintel.benchmarks;

import dev.lintel.request.HeaderSelector;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to tell the gateway's own header fields from those of a usual request. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeaderFolding {

    private static final String[] BROWSER = {
        "Host",
        "User-Agent",
        "Accept",
        "Accept-Language",
        "Accept-Encoding",
        "Connection",
        "Authorization",
        "Cookie",
        "Referer",
        "Cache-Control",
        "X_User_ID",
        "Sec-Fetch-Mode"
    };

    private final HeaderSelector owned =
            HeaderSelector.of("X-User-ID", "X-User-Role", "X-Request-Id", "X-Consumer-ID", "X-Internal-*");

    /** Looks at the twelve names of one request. */
    @Benchmark
    public int twelveNames() {
        int found = 0;
        for (String name : BROWSER) {
            found += owned.matches(name) ? 1 : 0;
        }
        return found;
    }
}
