/** Answers CORS preflights and says which origins may read answers. Imports the contracts only. */
@NullMarked
package dev.lintel.filters.cors;

import org.jspecify.annotations.NullMarked;
