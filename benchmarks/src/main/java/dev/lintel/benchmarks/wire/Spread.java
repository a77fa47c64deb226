package dev.lintel.benchmarks.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The middle of several figures, and how far they are apart.
 *
 * @param median the middle one
 * @param least the smallest
 * @param most the largest
 */
record Spread(double median, double least, double most) {

    static <T> Spread of(List<T> samples, ToDoubleFunction<T> figure) {
        double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** The figures of each round divided by the baseline's of the same round. */
    static <T> Spread ofRatios(List<T> samples, List<T> baseline, ToDoubleFunction<T> figure) {
        Double[] ratios = new Double[samples.size()];
        Arrays.setAll(ratios, i -> figure.applyAsDouble(samples.get(i)) / figure.applyAsDouble(baseline.get(i)));
        return of(List.of(ratios), Double::doubleValue);
    }

    String inFull() {
        return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median, least, most);
    }
}
