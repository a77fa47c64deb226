package dev.lintel.admin;

import java.util.Set;

/**
 * One path of a server's admin port, beside {@code /health}, {@code /ready} and {@code /reload}. Given to the server's builder, or
 * found by {@link java.util.ServiceLoader} in the modules on the class path. What the admin port answers needs no credential: it
 * listens on loopback unless told otherwise, so an answer must not hold a secret all the same. Implementations are thread-safe.
 */
public interface AdminResource {

    /** Where it is: a slash and one to 64 lower-case letters, digits and {@code -}, such as {@code /limits}. */
    String path();

    /** The methods that it answers, {@code GET} and {@code POST} at most; GET alone unless told otherwise. GET changes nothing. */
    default Set<String> methods() {
        return Set.of("GET");
    }

    /**
     * Answers. Called on a thread that may wait, several at once; what it throws is logged and answered with 500.
     *
     * @param request what was asked
     */
    AdminAnswer answer(AdminRequest request);
}
