/**
 * Compares gateways on the wire: starts an nginx upstream and every gateway as a process, drives them in turn, several rounds, and
 * prints what a request cost as ratios to nginx. Imports nothing of Lintel; Linux only, since it reads {@code /proc}.
 */
@NullMarked
package dev.lintel.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
