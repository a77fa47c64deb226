package dev.lintel.router;

/**
 * The gateway that a request on its way to a {@link GatewayServlet} is going to begin on: it does not end before it is released.
 * Thread-safe.
 */
public interface GatewayHold {

    /** The request attribute by which the servlet learns of it. */
    String attribute();

    /**
     * Whether the request may hold the thread that runs the servlet.
     *
     * @param rawPath its path as received, without a context path
     */
    boolean mayWait(String rawPath);

    /** Gives it back; once, and not before the servlet has returned. */
    void release();
}
