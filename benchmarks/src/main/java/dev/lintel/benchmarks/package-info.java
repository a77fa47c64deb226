/** JMH benchmarks of the hot paths; may import everything. */
@NullMarked
package dev.lintel.benchmarks;

import org.jspecify.annotations.NullMarked;
