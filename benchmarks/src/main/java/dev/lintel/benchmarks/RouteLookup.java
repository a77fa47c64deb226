package dev.lintel.benchmarks;

import dev.lintel.Route;
import dev.lintel.request.RequestPath;
import dev.lintel.router.RouteTable;
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

/** What it costs to find a route among few and among many; the paths of one invocation lead to different routes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RouteLookup {

    /** How many routes there are. */
    @Param({"10", "100", "10000"})
    public int routes;

    private RouteTable table = RouteTable.compile(List.of());
    private final RequestPath[] paths = new RequestPath[8];
    private int next;

    /** Makes routes of four shapes, and paths that lead to eight of them. */
    @Setup
    public void compile() {
        List<Route> all = new ArrayList<>();
        for (int i = 0; i < routes; i++) {
            String pattern = switch (i % 4) {
                case 0 -> "/api/service" + i + "/**";
                case 1 -> "/api/service" + i + "/users/{id}";
                case 2 -> "/api/service" + i + "/users/{id}/orders/{order}";
                default -> "/api/service" + i;
            };
            all.add(Route.named("route" + i).path(pattern).answer(200, "", "").build());
        }
        table = RouteTable.compile(all);
        for (int i = 0; i < paths.length; i++) {
            int route = (int) ((long) i * routes / paths.length);
            String tail = switch (route % 4) {
                case 0 -> "/a/b/c";
                case 1 -> "/users/1234";
                case 2 -> "/users/1234/orders/5678";
                default -> "";
            };
            paths[i] = RequestPath.parse("/api/service" + route + tail);
        }
    }

    /** Finds one route. */
    @Benchmark
    public @Nullable Route find() {
        return table.find("api.example.com", paths[next++ & 7], "GET");
    }

    /** Parses the path first, as every request does. */
    @Benchmark
    public @Nullable Route parseAndFind() {
        return table.find("api.example.com", RequestPath.parse(paths[next++ & 7].raw()), "GET");
    }
}
