/** Jetty's end points of connections, with what they keep to themselves, and the buffers they read into. Imports nothing of Lintel's. */
@NullMarked
package dev.lintel.socket;

import org.jspecify.annotations.NullMarked;
