package dev.lintel.benchmarks.wire;

import java.util.List;

/**
 * A gateway that takes part.
 *
 * @param name as in the tables
 * @param port where it listens
 * @param isJava whether it has a Java heap
 * @param command starts it
 */
record Contender(String name, int port, boolean isJava, List<String> command) {}
