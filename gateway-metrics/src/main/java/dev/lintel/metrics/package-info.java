/** Counts and times requests for Micrometer, and shows what was counted to Prometheus. Imports the contracts only. */
@NullMarked
package dev.lintel.metrics;

import org.jspecify.annotations.NullMarked;
