package dev.lintel.filters.cors;

import dev.lintel.Exchange;
import dev.lintel.Stage;
import dev.lintel.filter.LintelFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.filter.Predictable;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.reject.Rejection;
import dev.lintel.request.HeaderSelector;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Says which origins may read answers (CORS protocol of the Fetch standard), and answers preflights itself: they carry no
 * credential and never reach what is behind. The fields of that protocol belong to this filter; what a destination says of
 * them is dropped, so that none is there twice. Refusals of filters further in carry them as well, so that pages can read
 * why they were refused. Thread-safe.
 */
public final class CorsFilter extends LintelFilter implements NonWaiting, Predictable {

    private static final HeaderSelector FIELDS =
            HeaderSelector.of("Access-Control-Allow-*", "Access-Control-Expose-Headers", "Access-Control-Max-Age");

    private CorsOptions options;
    private Preflights preflights;
    private String exposed;

    /** For {@code web.xml}: the options are the init-params. */
    public CorsFilter() {
        super(false);
        this.options = CorsOptions.NOBODY;
        this.preflights = new Preflights(options);
        this.exposed = "";
    }

    CorsFilter(CorsOptions options) {
        super(true);
        this.options = options;
        this.preflights = new Preflights(options);
        this.exposed = String.join(", ", options.exposedHeaders());
    }

    /** Begins the description of a filter. */
    public static CorsFilterBuilder builder() {
        return new CorsFilterBuilder();
    }

    @Override
    public Stage stage() {
        return Stage.CORS;
    }

    @Override
    public OptionCatalogue catalogue() {
        return CorsCatalogue.ALL;
    }

    @Override
    protected void configure(OptionReader params) {
        CorsFilterBuilder builder = builder()
                .origins(params.value(CorsCatalogue.ORIGINS).toArray(String[]::new))
                .methods(params.value(CorsCatalogue.METHODS).toArray(String[]::new))
                .headers(params.value(CorsCatalogue.HEADERS).toArray(String[]::new))
                .exposedHeaders(params.value(CorsCatalogue.EXPOSED_HEADERS).toArray(String[]::new))
                .credentials(params.value(CorsCatalogue.CREDENTIALS))
                .maxAge(params.value(CorsCatalogue.MAX_AGE));
        options = builder.options(params.problems());
        preflights = new Preflights(options);
        exposed = String.join(", ", options.exposedHeaders());
    }

    @Override
    protected void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        exchange.responseHeaders().remove(FIELDS);
        String origin = only(request, "Origin");
        boolean preflight = Preflights.isOne(exchange, request);
        if (!options.origins().areAll()) {
            // also on answers to requests without an origin: a cache must not give them to those with one
            appendResponseHeader(exchange, response, "Vary", preflight ? Preflights.VARY : "Origin");
        }
        boolean allowed = options.origins().areAll() || options.origins().allow(origin);
        if (allowed) {
            allow(exchange, response, origin);
        }
        if (!preflight) {
            if (allowed && !exposed.isEmpty()) {
                setResponseHeader(exchange, response, "Access-Control-Expose-Headers", exposed);
            }
            chain.doFilter(request, response);
            return;
        }
        Rejection refusal = allowed ? preflights.refusal(request) : Preflights.FOREIGN_ORIGIN;
        if (refusal == null) {
            preflights.answer(exchange, response);
        } else {
            reject(exchange, request, response, refusal);
        }
    }

    private void allow(Exchange exchange, HttpServletResponse response, @Nullable String origin) {
        String reader = options.origins().areAll() || origin == null ? "*" : origin;
        setResponseHeader(exchange, response, "Access-Control-Allow-Origin", reader);
        if (options.credentials()) {
            setResponseHeader(exchange, response, "Access-Control-Allow-Credentials", "true");
        }
    }

    /** The value of a field that came in exactly one line; null otherwise. */
    static @Nullable String only(HttpServletRequest request, String name) {
        Enumeration<String> lines = request.getHeaders(name);
        String value = lines.hasMoreElements() ? lines.nextElement() : null;
        return value == null || lines.hasMoreElements() ? null : value;
    }
}
