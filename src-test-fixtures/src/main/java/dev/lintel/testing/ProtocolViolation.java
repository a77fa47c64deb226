package dev.lintel.testing;

import java.io.IOException;

/** The peer sent bytes that HTTP/1.1 forbids (RFC 9112). */
final class ProtocolViolation extends IOException {

    ProtocolViolation(String message) {
        super(message);
    }
}
