package dev.lintel.benchmarks.wire;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@link Comparison}.
 *
 * @param scenarios what is measured, by name
 * @param only the gateways that take part; empty for all
 * @param rounds how often each is measured, 1 to 100
 * @param seconds how long each time, 1 to 600
 * @param warmUp seconds of load before the first round, for each gateway
 * @param connections of the client, 1 to 10,000
 * @param java the JDK that the gateways run on
 * @param jvm the options of their JVMs
 */
record Options(
        List<Scenario> scenarios,
        List<String> only,
        int rounds,
        int seconds,
        int warmUp,
        int connections,
        Path java,
        List<String> jvm) {

    private static final String JVM = "-Xms512m -Xmx512m -XX:+UseParallelGC";

    static final String USAGE = """
            usage: benchmarks/run [option value]...
              --scenarios  get,post,16k,latency        what is measured: %s
              --only       nginx,lintel-full           which gateways take part (nginx always does)
              --rounds     5                           how often each is measured, in turn
              --seconds    5                           how long each time
              --warm-up    40                          seconds of load before that, for each
              --connections 32                         kept alive by the client
              --java       %s    the JDK that the gateways run on
              --jvm        '%s'    the options of their JVMs
            """.formatted(Scenario.names(), System.getProperty("java.home"), JVM);

    /** Reads the words; null if they cannot be understood. */
    static @Nullable Options parse(String... words) {
        Options options = new Options(
                List.of(Scenario.GET, Scenario.LATENCY),
                List.of(),
                5,
                5,
                40,
                32,
                Path.of(System.getProperty("java.home")),
                words(JVM));
        try {
            for (int i = 0; i < words.length; i += 2) {
                options = options.with(words[i], words[i + 1]);
            }
            return options;
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException unknown) {
            return null;
        }
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--scenarios" ->
                new Options(Scenario.parse(value), only, rounds, seconds, warmUp, connections, java, jvm);
            case "--only" ->
                new Options(scenarios, List.of(value.split(",", -1)), rounds, seconds, warmUp, connections, java, jvm);
            case "--rounds" ->
                new Options(scenarios, only, number(value, 1, 100), seconds, warmUp, connections, java, jvm);
            case "--seconds" ->
                new Options(scenarios, only, rounds, number(value, 1, 600), warmUp, connections, java, jvm);
            case "--warm-up" ->
                new Options(scenarios, only, rounds, seconds, number(value, 1, 600), connections, java, jvm);
            case "--connections" ->
                new Options(scenarios, only, rounds, seconds, warmUp, number(value, 1, 10_000), java, jvm);
            case "--java" -> new Options(scenarios, only, rounds, seconds, warmUp, connections, Path.of(value), jvm);
            case "--jvm" -> new Options(scenarios, only, rounds, seconds, warmUp, connections, java, words(value));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static List<String> words(String value) {
        return List.of(value.strip().split(" +", -1));
    }

    private static int number(String value, int least, int most) {
        int number = Integer.parseInt(value);
        if (number < least || number > most) {
            throw new IllegalArgumentException(value);
        }
        return number;
    }
}
