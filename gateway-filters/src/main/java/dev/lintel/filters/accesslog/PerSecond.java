package dev.lintel.filters.accesslog;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A text that changes once a second, made once a second. Thread-safe. */
final class PerSecond {

    private record Made(long second, String text) {}

    private final Function<Instant, String> make;
    private volatile @Nullable Made last;

    PerSecond(Function<Instant, String> make) {
        this.make = make;
    }

    /** The text of a second since 1970. */
    String text(long second) {
        Made made = last;
        if (made == null || made.second != second) {
            made = new Made(second, make.apply(Instant.ofEpochSecond(second)));
            last = made;
        }
        return made.text;
    }
}
