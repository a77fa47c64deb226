/** Answers again what an upstream has said may be answered again, as a shared cache (RFC 9111). Imports the contracts only. */
@NullMarked
package dev.lintel.filters.cache;

import org.jspecify.annotations.NullMarked;
