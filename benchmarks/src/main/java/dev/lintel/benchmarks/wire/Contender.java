package dev.lintel.benchmarks.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * A gateway that takes part.
 *
 * @param name as in the tables
 * @param port where it listens
 * @param isJava whether it has a Java heap
 * @param command starts it
 */
record Contender(String name, int port, boolean isJava, List<String> command) {

    /** The same under another name, with one more option of the JVM. */
    Contender with(String otherName, String jvmOption) {
        List<String> longer = new ArrayList<>(command);
        longer.add(1, jvmOption);
        return new Contender(otherName, port, isJava, longer);
    }
}
