package dev.lintel.filter;

import dev.lintel.Exchange;
import dev.lintel.reject.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Refuses requests: notes why in the exchange and has the answer written. */
public final class Rejections {

    private Rejections() {}

    /**
     * Refuses a request with one complete answer. What was written into the response before is dropped, save what filters
     * wrote through the exchange.
     *
     * @param exchange the facts of the request
     * @param request the request
     * @param response its response, not committed
     * @param rejection why
     * @throws IOException if the client is gone
     * @throws IllegalStateException if the response is committed
     */
    public static void answer(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, Rejection rejection)
            throws IOException {
        exchange.rejection(rejection);
        exchange.status(rejection.status());
        ExchangeResponse view = ExchangeResponse.of(response, exchange);
        view.reset();
        exchange.settings().rejectionWriter().write(request, view, rejection, exchange.requestId());
        // the writer may have its own way to say it
        exchange.status(view.getStatus());
    }
}
