/** Certificates, private keys and authorities in PEM files (RFC 7468), read by the JDK alone. */
@NullMarked
package dev.lintel.tls;

import org.jspecify.annotations.NullMarked;
