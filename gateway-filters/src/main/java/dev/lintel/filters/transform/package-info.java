/** Changes header fields and queries of requests, and header fields of responses. Imports the contracts only. */
@NullMarked
package dev.lintel.filters.transform;

import org.jspecify.annotations.NullMarked;
