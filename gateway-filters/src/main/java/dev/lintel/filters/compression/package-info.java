/** Codes answers with gzip for clients that accept it. Imports the contracts only. */
@NullMarked
package dev.lintel.filters.compression;

import org.jspecify.annotations.NullMarked;
