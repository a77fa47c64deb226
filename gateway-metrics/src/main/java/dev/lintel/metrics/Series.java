package dev.lintel.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The meters of one name, by the values of their tags. There are at most {@link #MOST}: what would be one more has {@code other}
 * for every value, so that no mistake in a label can fill the memory here and at whoever collects. Thread-safe.
 */
final class Series {

    /** The most meters of one name. */
    static final int MOST = 20_000;

    private static final Duration[] BUCKETS = Stream.of(
                    1, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final ConcurrentHashMap<List<String>, Meter> meters = new ConcurrentHashMap<>();

    Series(MeterRegistry registry, String name, String description) {
        this.registry = registry;
        this.name = name;
        this.description = description;
    }

    /** A timer with a histogram. */
    Timer timer(String... tags) {
        return (Timer) find(
                tags,
                all -> Timer.builder(name)
                        .description(description)
                        .tags(all)
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry));
    }

    /** A counter. */
    Counter counter(String... tags) {
        return (Counter) find(
                tags,
                all -> Counter.builder(name).description(description).tags(all).register(registry));
    }

    private Meter find(String[] tags, Function<String[], Meter> fresh) {
        List<String> key = Arrays.asList(tags);
        Meter known = meters.get(key);
        if (known != null) {
            return known;
        }
        if (meters.size() >= MOST) {
            String[] others = tags.clone();
            for (int i = 1; i < others.length; i += 2) {
                others[i] = "other";
            }
            return meters.computeIfAbsent(List.of(others), all -> fresh.apply(others));
        }
        return meters.computeIfAbsent(List.of(tags), all -> fresh.apply(tags));
    }
}
