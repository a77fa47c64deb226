package dev.lintel.filters.requestid;

import dev.lintel.Exchange;
import dev.lintel.Stage;
import dev.lintel.filter.ExchangeRequest;
import dev.lintel.filter.LintelFilter;
import dev.lintel.filter.LogContext;
import dev.lintel.filter.NonWaiting;
import dev.lintel.filter.Rehearsal;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.request.HeaderSelector;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Gives every request an id: in the exchange, in one header field towards the destination and back to the client, in the
 * logging context as {@value #MDC_KEY}, in every refusal. An id that comes from outside is kept only from whom the options
 * say, and only as it is: one line of 1 to 128 of {@code A-Z a-z 0-9 . _ ~ + / = : -}; anything else is replaced, never
 * repaired, since an altered id matches nothing. Ids name requests; they are not secrets. Thread-safe.
 */
public final class RequestIdFilter extends LintelFilter implements NonWaiting {

    /** The key in the logging context, set while the chain runs on the request's thread. */
    public static final String MDC_KEY = LogContext.REQUEST_ID;

    /** From whom an id is accepted. */
    public enum Accept {
        /** From nobody. */
        NEVER,
        /** From peers that are trusted proxies. */
        TRUSTED,
        /** From everybody. */
        ALWAYS
    }

    /** What new ids look like. */
    public enum Generator {
        /** UUID version 7: begins with the time, so that ids sort by it (RFC 9562 section 5.7). */
        UUIDV7,
        /** UUID version 4 (RFC 9562 section 5.4). */
        UUID4,
        /** 32 hexadecimal digits, as nginx writes them. */
        HEX32
    }

    private RequestIdOptions options;
    private HeaderSelector owned;

    /** For {@code web.xml}: the options are the init-params. */
    public RequestIdFilter() {
        super(false);
        this.options = RequestIdOptions.DEFAULT;
        this.owned = HeaderSelector.of(options.header());
    }

    RequestIdFilter(RequestIdOptions options) {
        super(true);
        this.options = options;
        this.owned = HeaderSelector.of(options.header());
    }

    /** A filter with the defaults: {@code X-Request-Id}, accepted from trusted proxies, UUID version 7, told to the client. */
    public static RequestIdFilter create() {
        return builder().build();
    }

    /** Begins the description of a filter. */
    public static RequestIdFilterBuilder builder() {
        return new RequestIdFilterBuilder();
    }

    @Override
    public Stage stage() {
        return Stage.REQUEST_ID;
    }

    @Override
    public HeaderSelector ownedRequestHeaders() {
        return owned;
    }

    @Override
    public OptionCatalogue catalogue() {
        return RequestIdCatalogue.ALL;
    }

    @Override
    protected void configure(OptionReader params) {
        RequestIdFilterBuilder builder = builder()
                .header(params.value(RequestIdCatalogue.HEADER))
                .accept(params.value(RequestIdCatalogue.ACCEPT))
                .generator(params.value(RequestIdCatalogue.GENERATOR))
                .echo(params.value(RequestIdCatalogue.ECHO));
        RequestIdOptions read = builder.options(params.problems());
        if (params.problems().isEmpty()) {
            options = read;
            owned = HeaderSelector.of(read.header());
        }
    }

    @Override
    protected boolean actsOnBareError() {
        return true;
    }

    @Override
    protected void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String known = knownId(exchange, request);
        give(
                known == null
                        ? IdSource.next(
                                options.generator(), exchange.startedAt().toEpochMilli())
                        : known,
                exchange,
                response);
        pass(exchange, request, response, chain);
    }

    @Override
    protected void predict(
            Rehearsal rehearsal,
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        String known = knownId(exchange, request);
        give(known == null ? Rehearsal.REQUEST_ID : known, exchange, response);
        chain.doFilter(request, response);
    }

    private void give(String id, Exchange exchange, HttpServletResponse response) {
        exchange.requestId(id);
        exchange.requestHeaders().set(options.header(), id);
        if (options.echo()) {
            setResponseHeader(exchange, response, options.header(), id);
        }
    }

    /** Also on the threads on which an asynchronous request goes on. */
    @Override
    protected void pass(Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String before = LogContext.enter(exchange.requestId());
        try {
            chain.doFilter(request, response);
        } finally {
            LogContext.leave(before);
        }
    }

    /** The id that the request has or may bring; null if it is to get a new one. */
    private @Nullable String knownId(Exchange exchange, HttpServletRequest request) {
        String given = exchange.requestId();
        if (given != null) {
            // a filter further out was first; one request has one id
            return given;
        }
        return mayBring(exchange) ? incoming(exchange, request) : null;
    }

    private boolean mayBring(Exchange exchange) {
        return switch (options.accept()) {
            case NEVER -> false;
            case TRUSTED -> exchange.client().viaTrustedProxy();
            case ALWAYS -> true;
        };
    }

    private @Nullable String incoming(Exchange exchange, HttpServletRequest request) {
        Enumeration<String> lines = ExchangeRequest.of(request, exchange).incoming(options.header());
        String id = lines.hasMoreElements() ? lines.nextElement() : null;
        return id == null || lines.hasMoreElements() || !IdSyntax.isAcceptable(id) ? null : id;
    }
}
