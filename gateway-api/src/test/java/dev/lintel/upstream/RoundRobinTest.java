package dev.lintel.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundRobinTest {

    private static final List<Target> TARGETS =
            List.of(Target.parse("http://a"), Target.parse("http://b"), Target.parse("http://c"));

    @Test
    void takesEachInTurn() {
        LoadBalancer balancer = LoadBalancer.roundRobin();
        assertThat(IntStream.range(0, 7).mapToObj(i -> balancer.choose(TARGETS).host()))
                .containsExactly("a", "b", "c", "a", "b", "c", "a");
    }

    @Test
    void goesOnWhenTheTargetsChange() {
        LoadBalancer balancer = LoadBalancer.roundRobin();
        balancer.choose(TARGETS);
        balancer.choose(TARGETS);
        assertThat(balancer.choose(TARGETS.subList(0, 1)).host()).isEqualTo("a");
        assertThat(balancer.choose(TARGETS.subList(0, 2)).host()).isEqualTo("b");
    }

    @Test
    void isFairWhoeverAsks() throws Exception {
        LoadBalancer balancer = LoadBalancer.roundRobin();
        int threads = 4;
        int each = 30_000;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            Callable<List<Target>> ask = () -> IntStream.range(0, each)
                    .mapToObj(i -> balancer.choose(TARGETS))
                    .toList();
            List<Target> chosen = new ArrayList<>();
            for (Future<List<Target>> answer :
                    executor.invokeAll(java.util.Collections.nCopies(threads, ask), 30, TimeUnit.SECONDS)) {
                chosen.addAll(answer.get());
            }
            Map<Target, Long> counts =
                    chosen.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            assertThat(counts.values()).containsOnly((long) threads * each / TARGETS.size());
        } finally {
            executor.shutdownNow();
        }
    }
}
