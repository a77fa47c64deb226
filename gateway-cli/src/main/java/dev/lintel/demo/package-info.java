/** The demonstration: three small services, an issuer of tokens, and a gateway in front of them. */
@NullMarked
package dev.lintel.demo;

import org.jspecify.annotations.NullMarked;
