package dev.lintel.metrics;

import dev.lintel.measure.Measured;
import dev.lintel.measure.Measures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps meters for the figures that parts of a gateway tell; those of parts that are gone are taken out. Thread-safe. */
final class PartMeters {

    private static final int MOST = Series.MOST;

    private final MeterRegistry registry;
    private final Map<Id, Shown> shown = new HashMap<>();

    private record Id(String name, List<String> tags) {}

    private static final class Shown {

        private final Meter meter;
        private volatile double value;

        private Shown(MeterRegistry registry, Id id, Told told) {
            String[] tags = id.tags().toArray(String[]::new);
            this.meter = told.counts
                    ? FunctionCounter.builder(id.name(), this, self -> self.value)
                            .description(told.description)
                            .tags(tags)
                            .register(registry)
                    : Gauge.builder(id.name(), this, self -> self.value)
                            .description(told.description)
                            .tags(tags)
                            .register(registry);
        }
    }

    private static final class Told {

        private final String description;
        private final boolean counts;
        private double value;

        private Told(String description, boolean counts) {
            this.description = description;
            this.counts = counts;
        }
    }

    private static final class Telling implements Measures {

        private final Map<Id, Told> told = new HashMap<>();
        private final Set<Object> shared = Collections.newSetFromMap(new IdentityHashMap<>());

        @Override
        public boolean isNew(Object part) {
            return shared.add(part);
        }

        @Override
        public void gauge(String name, String description, double value, String... tags) {
            add(name, description, false, value, tags);
        }

        @Override
        public void counter(String name, String description, double value, String... tags) {
            add(name, description, true, value, tags);
        }

        private void add(String name, String description, boolean counts, double value, String... tags) {
            Id id = new Id(name, List.of(tags));
            Told known = told.get(id);
            if (known == null) {
                if (told.size() >= MOST) {
                    return;
                }
                known = new Told(description, counts);
                told.put(id, known);
            }
            known.value += value;
        }
    }

    PartMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Asks all of them. */
    synchronized void refresh(Iterable<Measured> parts) {
        Telling telling = new Telling();
        for (Measured part : parts) {
            part.measure(telling);
        }
        telling.told.forEach((id, told) ->
                shown.computeIfAbsent(id, fresh -> new Shown(registry, fresh, told)).value = told.value);
        for (Id id : new ArrayList<>(shown.keySet())) {
            if (!telling.told.containsKey(id)) {
                Shown gone = shown.remove(id);
                if (gone != null) {
                    registry.remove(gone.meter);
                }
            }
        }
    }
}
