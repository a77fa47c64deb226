/** Gives every request its id. Imports the contracts only. */
@NullMarked
package dev.lintel.filters.requestid;

import org.jspecify.annotations.NullMarked;
