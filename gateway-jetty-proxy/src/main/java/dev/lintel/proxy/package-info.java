/**
 * Sends requests to upstreams and their answers back, on Jetty's client. Imports the contracts, {@code dev.lintel.balancing},
 * {@code dev.lintel.socket}, {@code dev.lintel.tunnel}, the servlet API and Jetty; Jetty's types stay inside.
 */
@NullMarked
package dev.lintel.proxy;

import org.jspecify.annotations.NullMarked;
