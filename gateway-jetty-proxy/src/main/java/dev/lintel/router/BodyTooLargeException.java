package dev.lintel.router;

import java.io.IOException;

/** A host application read more of a request's body than the route allows. */
final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long most) {
        super("body: more than " + most + " bytes (expected: at most maxRequestBody)");
    }
}
