/**
 * One loop for both sides: the thread that reads a request from a client also sends it to the upstream, reads the answer and
 * writes it back, so that no request is handed from thread to thread. Knows Jetty's server and client, nothing of gateways; used by
 * {@code dev.lintel.server}, and by {@code dev.lintel.https} for {@link dev.lintel.loop.Sweep} alone.
 *
 * <p>How it works, in the order in which a request meets it:
 *
 * <ol>
 *   <li>{@link dev.lintel.loop.LoopConnector} listens. Its selectors serve the connections of clients and those to upstreams alike:
 *       {@link dev.lintel.loop.LoopClientConnector} opens the latter and registers them there, on the selector of the thread
 *       that asks.
 *   <li>{@link dev.lintel.loop.LoopEndPoint} has whatever does not wait run by the thread that selects, as a
 *       {@link dev.lintel.loop.Turn} of the loop.
 *   <li>{@link dev.lintel.loop.KeptInterest}: a connection is watched on while nobody waits for what it reads, and the end point reads
 *       nothing where its last read has left nothing, until it is told of more.
 *   <li>TLS is set up by workers; a {@link dev.lintel.loop.Turn} serves the connection from then on.
 *   <li>What a turn leaves to be done and does not wait either, such as reading a client's next request, {@link
 *       dev.lintel.loop.LoopThreads} gives back to the turn. Everything else goes to a worker.
 *   <li>{@link dev.lintel.loop.WorkerHandover} stands in front of the application and gives requests that may wait to a worker.
 *   <li>{@link dev.lintel.loop.LoopContext}: listeners of a request's streams are called by the loop on which the request began, and by
 *       workers if a worker began it.
 *   <li>{@link dev.lintel.loop.HoldUps}, by option, tells what holds a loop up all the same.
 * </ol>
 *
 * <p>Beside that way, {@link dev.lintel.loop.Sweep} looks at something now and then: at heads and handshakes that take too long, and at
 * files of certificates.
 *
 * <p>Nothing here changes what is read or written, only on which thread: with Jetty's own connector in place of ours, and its own client
 * connector, everything works the same.
 */
@NullMarked
package dev.lintel.loop;

import org.jspecify.annotations.NullMarked;
