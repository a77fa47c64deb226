/**
 * HTTP/2 by the frame, for requests that no well-behaved client would send; imports the fixtures beside it and Jetty's HPACK
 * decoder.
 *
 * <pre>{@code
 * try (FrameClient client = FrameClient.connect(port)) {       // preface and SETTINGS exchanged
 *     client.send(Frame.headers(1, true, ":method", "GET", ":scheme", "http", ":authority", "localhost", ":path", "/"));
 *     client.await(1).status();                                // or resetCode(), goAwayCode(), isClosed()
 *     client.send(Frame.rst(1, ErrorCode.CANCEL)).send(Frame.settings()).send(Frame.ping(7));
 *     client.read();                                           // any frame, null at the end of the connection
 * }
 * }</pre>
 */
@NullMarked
package dev.lintel.testing.http2;

import org.jspecify.annotations.NullMarked;
