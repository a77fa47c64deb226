/** Writes the response header fields by which browsers protect users. Imports the contracts only. */
@NullMarked
package dev.lintel.filters.securityheaders;

import org.jspecify.annotations.NullMarked;
