package dev.lintel.filters.accesslog;

import dev.lintel.Exchange;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the log needs of a request beyond its exchange, kept until the exchange is over: then the container may have taken
 * the request back already.
 */
record RequestEntry(
        AccessLogFilter filter,
        @Nullable String referer,
        @Nullable String userAgent) implements Consumer<Exchange> {

    @Override
    public void accept(Exchange exchange) {
        filter.log(exchange, this);
    }
}
