/** Limits the size of request bodies. Imports the contracts only. */
@NullMarked
package dev.lintel.filters.bodylimit;

import org.jspecify.annotations.NullMarked;
