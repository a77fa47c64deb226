/**
 * The rate limit filter, and a limiter that counts in this process. May import gateway-api, the JDK and SLF4J.
 */
@NullMarked
package dev.lintel.filters.ratelimit;

import org.jspecify.annotations.NullMarked;
