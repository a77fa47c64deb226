/** Removes header fields from requests and responses. Imports the contracts only. */
@NullMarked
package dev.lintel.filters.headers;

import org.jspecify.annotations.NullMarked;
