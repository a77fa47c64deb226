/** A Jetty of our own around a gateway; imports the router, the proxy, the loop and Jetty. */
@NullMarked
package dev.lintel.server;

import org.jspecify.annotations.NullMarked;
