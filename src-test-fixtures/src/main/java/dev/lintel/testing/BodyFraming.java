package dev.lintel.testing;

/** How the end of a message body is marked (RFC 9112, section 6.3). */
public enum BodyFraming {
    /** There is no body. */
    NONE,
    /** {@code Content-Length}. */
    LENGTH,
    /** {@code Transfer-Encoding: chunked}. */
    CHUNKED,
    /** A response that lasts until the connection is closed. */
    UNTIL_CLOSE,
    /** After {@code 101}: what follows is no longer HTTP/1.1 and is left unread. */
    TUNNEL
}
