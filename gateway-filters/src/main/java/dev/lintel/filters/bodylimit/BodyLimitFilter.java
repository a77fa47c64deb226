package dev.lintel.filters.bodylimit;

import dev.lintel.Destination;
import dev.lintel.Exchange;
import dev.lintel.Route;
import dev.lintel.Stage;
import dev.lintel.filter.BodyLimit;
import dev.lintel.filter.LintelFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.filter.Predictable;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.reject.Rejection;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses request bodies that are too long with 413: before any of it is read if the request declares its length, else as
 * soon as more arrives than is allowed. Nothing is buffered. An upstream sees a body that was too long without its end.
 * Thread-safe.
 */
public final class BodyLimitFilter extends LintelFilter implements NonWaiting, Predictable {

    private BodyLimitOptions options;

    /** For {@code web.xml}: the options are the init-params. */
    public BodyLimitFilter() {
        super(false);
        this.options = BodyLimitOptions.DEFAULT;
    }

    BodyLimitFilter(BodyLimitOptions options) {
        super(true);
        this.options = options;
    }

    /** Begins the description of a filter. */
    public static BodyLimitFilterBuilder builder() {
        return new BodyLimitFilterBuilder();
    }

    /** Anywhere: nothing is read before the destination reads. */
    @Override
    public @Nullable Stage stage() {
        return null;
    }

    @Override
    public OptionCatalogue catalogue() {
        return BodyLimitCatalogue.ALL;
    }

    @Override
    protected void configure(OptionReader params) {
        options = builder().maxSize(params.value(BodyLimitCatalogue.MAX_SIZE)).options(params.problems());
    }

    @Override
    protected void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long most = options.maxSize();
        Rejection refusal = BodyLimit.refusal(request, most, mayBeReadByApplication(exchange));
        if (refusal != null) {
            reject(exchange, request, response, refusal);
            return;
        }
        pass(exchange, BodyLimit.enforced(request, most, null), response, chain);
    }

    /** Also on the dispatches of an application that reads later. */
    @Override
    protected void pass(Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException thrown) {
            if (!BodyLimit.isExceeded(thrown) || response.isCommitted() || request.isAsyncStarted()) {
                throw thrown;
            }
            reject(exchange, request, response, BodyLimit.rejection());
        }
    }

    private static boolean mayBeReadByApplication(Exchange exchange) {
        Route route = exchange.route();
        return route == null || route.destination() instanceof Destination.HostApplication;
    }
}
