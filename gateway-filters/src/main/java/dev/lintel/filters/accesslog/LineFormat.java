package dev.lintel.filters.accesslog;

import dev.lintel.Exchange;

/** How a line is made of an exchange that is over. Thread-safe. */
interface LineFormat {

    /** Puts the line, with its line feed. */
    void put(Exchange exchange, RequestEntry entry, LineBuffer line);

    /** The bytes of the body that were sent: none in answer to HEAD, whatever the application wrote. */
    static long sentBytes(Exchange exchange) {
        return exchange.method().equals("HEAD") ? 0 : exchange.responseBytes();
    }
}
