/**
 * TLS to clients: which certificate for which name, read from files, watched and swapped. Imports the contracts, {@code
 * dev.lintel.loop} and Jetty's server.
 */
@NullMarked
package dev.lintel.https;

import org.jspecify.annotations.NullMarked;
