/** Reads a file anew when it has changed. */
@NullMarked
package dev.lintel.config.reload;

import org.jspecify.annotations.NullMarked;
