/** Writes one line for every request. Imports the contracts only. */
@NullMarked
package dev.lintel.filters.accesslog;

import org.jspecify.annotations.NullMarked;
