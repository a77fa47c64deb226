/**
 * Jetty's end points of connections, with what they keep to themselves, the buffers they read into, and {@link dev.lintel.socket.Loops},
 * which tells the loop that serves a connection, if loops do. Imports nothing of Lintel's.
 */
@NullMarked
package dev.lintel.socket;

import org.jspecify.annotations.NullMarked;
