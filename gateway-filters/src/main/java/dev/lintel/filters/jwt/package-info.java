/**
 * The bearer token filter: reads, verifies and judges JSON Web Tokens. May import gateway-api, the JDK, SLF4J, Caffeine
 * and Nimbus; the types of the last two stop at {@code TokenCache} and the classes named {@code Nimbus...}.
 */
@NullMarked
package dev.lintel.filters.jwt;

import org.jspecify.annotations.NullMarked;
