package dev.lintel.router;

import dev.lintel.Exchange;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What comes after the last filter of a chain. */
@FunctionalInterface
interface Terminal {

    /** Answers the request, or begins to. */
    void run(Exchange exchange, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException;
}
