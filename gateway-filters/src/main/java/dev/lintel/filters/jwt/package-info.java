/**
 * The bearer token filter: reads, verifies and judges JSON Web Tokens. May import gateway-api, the JDK, SLF4J and
 * Nimbus, whose types stop at the classes named {@code Nimbus...}.
 */
@NullMarked
package dev.lintel.filters.jwt;

import org.jspecify.annotations.NullMarked;
