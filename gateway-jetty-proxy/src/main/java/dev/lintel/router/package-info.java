/**
 * Admits requests, finds their route and runs its chain, as a servlet or as a filter in front of an application. Knows no
 * Jetty; imports the contracts and {@code dev.lintel.proxy}.
 */
@NullMarked
package dev.lintel.router;

import org.jspecify.annotations.NullMarked;
