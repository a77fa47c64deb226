package dev.lintel.proxy;

import dev.lintel.Exchange;
import dev.lintel.filter.RequestCompletion;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Ends an exchange when its answer has been sent, where the container tells: then an error page that the container made is in
 * it, and a client that was gone by then is known. Elsewhere the exchange ends with the filters.
 */
public final class SentAnswer {

    private SentAnswer() {}

    /** Called by whoever runs an exchange's outermost filter when the filters have unwound; see {@link RequestCompletion#leave}. */
    public static void leave(Exchange exchange, HttpServletRequest request, HttpServletResponse response) {
        if (request.isAsyncStarted() || !tells(exchange, request, null)) {
            RequestCompletion.leave(exchange, request, response);
        }
    }

    /** Called instead when they unwound with an exception; see {@link RequestCompletion#leaveFailing}. */
    public static void leaveFailing(Exchange exchange, HttpServletRequest request, HttpServletResponse response) {
        if (request.isAsyncStarted() || !tells(exchange, request, "exception")) {
            RequestCompletion.leaveFailing(exchange, request, response);
        }
    }

    private static boolean tells(Exchange exchange, HttpServletRequest request, @Nullable String failure) {
        return ClientConnection.of(request).onSent((status, gone) -> {
            if (gone) {
                exchange.failure("client-gone");
            } else if (failure != null) {
                exchange.failure(failure);
            }
            exchange.status(status);
            if (!exchange.isProlonged()) {
                exchange.complete();
            }
        });
    }
}
