/** Lets requests pass that carry one of several kinds of credential. Imports the contracts only. */
@NullMarked
package dev.lintel.filters.anyof;

import org.jspecify.annotations.NullMarked;
