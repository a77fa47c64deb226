/** The kinds of filters that there are, one package each, for whoever makes them from texts. */
@NullMarked
package dev.lintel.filters;

import org.jspecify.annotations.NullMarked;
