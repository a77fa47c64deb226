/**
 * Connections passed on byte by byte once both sides have changed to another protocol. Imports the API and Jetty's I/O, knows
 * neither servlets nor HTTP.
 */
@NullMarked
package dev.lintel.tunnel;

import org.jspecify.annotations.NullMarked;
