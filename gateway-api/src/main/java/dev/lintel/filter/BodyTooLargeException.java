package dev.lintel.filter;

import java.io.IOException;

/** Somebody read more of a request's body than is allowed. */
final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long most) {
        super("body: more than " + most + " bytes (expected: at most that many)");
    }
}
