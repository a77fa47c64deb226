/**
 * The short way of a usual request, and what makes it cheap. The pool and the destination stand alone: with either of them taken out
 * everything is the same but for the cost. The connection does not: requests that go this way ask for no idle time of their own, and without
 * it those that wait longer than an idle connection is kept would be aborted. Imports {@code dev.lintel.socket} and Jetty's client.
 *
 * <p>What happens on the way, in order:
 *
 * <ol>
 *   <li>{@link dev.lintel.shortcut.NearConnections}: each loop has upstream connections of its own, so that the answer is read by the
 *       thread that serves the client. One of another loop is taken only while there is none, and another is opened meanwhile.
 *   <li>{@link dev.lintel.shortcut.DirectDestination}: a request for which a connection is idle does not go through the queue.
 *   <li>{@link dev.lintel.shortcut.NearConnection}: no timer is set for a request, nor taken back; the one for idle
 *       connections does not count while there is a request.
 * </ol>
 *
 * <p>What belongs to the same way and lives elsewhere, because it needs to know calls or sockets: {@code dev.lintel.proxy.WholeAnswer}
 * sends a body that came in one piece together with the head, {@code dev.lintel.proxy.YoungCalls} times no call that ends soon, and
 * {@code dev.lintel.loop} keeps both sides on one thread and watches connections without asking the system each time.
 */
@NullMarked
package dev.lintel.shortcut;

import org.jspecify.annotations.NullMarked;
