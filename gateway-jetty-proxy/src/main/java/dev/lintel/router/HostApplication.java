package dev.lintel.router;

import dev.lintel.Exchange;
import dev.lintel.HeaderField;
import dev.lintel.Route;
import dev.lintel.filter.BodyLimit;
import dev.lintel.proxy.ForwardedHeaders;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands a request to the application that the router is mounted in front of, within the route's limit for bodies.
 *
 * @param application runs it
 * @param route the route that leads there
 * @param freshForwarded whether it gets forwarded fields of the gateway's own in place of those received
 */
record HostApplication(Terminal application, Route route, boolean freshForwarded) implements Terminal {

    @Override
    public void run(Exchange exchange, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (freshForwarded) {
            writeForwarded(exchange, request);
        }
        long most = route.options().maxRequestBody();
        HttpServletRequest limited = most == 0 ? request : BodyLimit.enforced(request, most, exchange);
        application.run(exchange, limited, response);
    }

    private static void writeForwarded(Exchange exchange, HttpServletRequest request) {
        // all are made from what was received before the first of them hides it
        List<HeaderField> fields = new ArrayList<>();
        ForwardedHeaders.write(request, exchange, (name, value) -> fields.add(new HeaderField(name, value)));
        exchange.requestHeaders().remove(ForwardedHeaders.FAMILY);
        for (HeaderField field : fields) {
            exchange.requestHeaders().set(field.name(), field.value());
        }
    }
}
