/** The API key filter: reads a key, finds its consumer, says who is calling. May import gateway-api, the JDK and SLF4J. */
@NullMarked
package dev.lintel.filters.apikey;

import org.jspecify.annotations.NullMarked;
