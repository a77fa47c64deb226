package dev.lintel.testing;

/** How the other side ended a connection. */
public enum PeerClose {
    /** An orderly end: FIN, over TLS after {@code close_notify}. */
    FIN,
    /** The connection was reset (RST). */
    RESET,
    /** Over TLS: the transport ended without {@code close_notify}, or the TLS layer failed. */
    TLS_CUT
}
