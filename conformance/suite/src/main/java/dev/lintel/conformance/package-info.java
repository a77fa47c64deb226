/**
 * Hostile input as rows of data, played against every form of the gateway over real sockets; imports what tests need, but
 * no container.
 *
 * <p>The rows are in {@code src/main/resources/conformance/*.rows}; {@link dev.lintel.conformance.RowReader} tells their
 * syntax, {@link dev.lintel.conformance.Oracles} what holds for all of them, {@code docs/CONFORMANCE.md} the results.
 */
@NullMarked
package dev.lintel.conformance;

import org.jspecify.annotations.NullMarked;
