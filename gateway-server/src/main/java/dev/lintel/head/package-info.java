/**
 * The head of a usual request, read in one pass: a method, a path, fields of visible characters, a body of a told length or none. Whatever
 * differs from that, in one octet, is left to Jetty's parser as it came, so what is refused and why is decided there alone.
 *
 * <p>How it works, in the order in which a connection meets it:
 *
 * <ol>
 *   <li>{@link dev.lintel.head.OnePassConnectionFactory} makes connections of Jetty's kind whose parser is
 *       {@link dev.lintel.head.OnePassParser}.
 *   <li>{@link dev.lintel.head.UsualHead} looks at all lines before anything is told to the connection.
 *   <li>{@link dev.lintel.head.KnownLines}: a line that came before on the same connection, octet for octet, is not looked at again.
 * </ol>
 *
 * <p>With Jetty's own factory in place of ours everything is the same but for the cost, which a test shows by comparing both on heads of
 * every kind. Knows Jetty's server and parser, nothing of gateways; used by {@code dev.lintel.server} alone.
 */
@NullMarked
package dev.lintel.head;

import org.jspecify.annotations.NullMarked;
