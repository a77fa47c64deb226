/** Lets requests through by the client's address. Imports the contracts only. */
@NullMarked
package dev.lintel.filters.iprules;

import org.jspecify.annotations.NullMarked;
