/** Sends requests to upstreams and their answers back, on Jetty's client. Imports the contracts and {@code dev.lintel.balancing}. */
@NullMarked
package dev.lintel.proxy;

import org.jspecify.annotations.NullMarked;
