package dev.lintel.conformance;

import dev.lintel.Gateway;
import jakarta.servlet.http.HttpServlet;

/** Runs gateways, in the ways that one class path has. */
public interface Runner {

    /** A gateway that runs. */
    interface Running extends AutoCloseable {

        /** Where it listens, on 127.0.0.1. */
        int port();

        /** Stops it. */
        @Override
        void close();
    }

    /**
     * Runs a gateway on a free port.
     *
     * @param form in which form
     * @param gateway the gateway
     * @param application what is behind it, where the form has that
     */
    Running run(Form form, Gateway gateway, HttpServlet application);
}
