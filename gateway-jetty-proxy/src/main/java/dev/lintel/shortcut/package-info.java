/**
 * The short way of a usual request: what makes it cheap, and nothing that makes it right. Each part stands alone, and with any of them
 * taken out everything is the same but for the cost. Imports {@code dev.lintel.socket} and Jetty's client.
 *
 * <p>What happens on the way, in order:
 *
 * <ol>
 *   <li>{@link dev.lintel.shortcut.NearConnections}: each loop has upstream connections of its own, so that the answer is read by the
 *       thread that serves the client. One of another loop is taken only while there is none, and another is opened meanwhile.
 *   <li>{@link dev.lintel.shortcut.DirectDestination}: a request for which a connection is idle does not go through the queue.
 *   <li>{@link dev.lintel.shortcut.NearConnection}: no timer is set for a request, nor taken back.
 * </ol>
 */
@NullMarked
package dev.lintel.shortcut;

import org.jspecify.annotations.NullMarked;
