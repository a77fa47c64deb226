package dev.lintel.benchmarks;

import dev.lintel.request.RequestPath;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to read and check a path. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PathParsing {

    /** A plain path, one with escapes, and two that are refused. */
    @Param({"/api/users/1234/orders", "/api/users/J%C3%BCrgen%20K", "/api/../admin", "/api;x=1/orders"})
    public String path = "";

    /** Reads the path. */
    @Benchmark
    public RequestPath parse() {
        return RequestPath.parse(path);
    }
}
