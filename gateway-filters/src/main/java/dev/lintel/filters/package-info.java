/** The parent of one package per filter; each imports the contracts and its own library, never a sibling. */
@NullMarked
package dev.lintel.filters;

import org.jspecify.annotations.NullMarked;
