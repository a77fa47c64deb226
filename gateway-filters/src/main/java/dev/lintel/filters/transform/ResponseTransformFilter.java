package dev.lintel.filters.transform;

import dev.lintel.Exchange;
import dev.lintel.Stage;
import dev.lintel.filter.ExchangeRequest;
import dev.lintel.filter.LintelFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.filter.Rehearsal;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Changes header fields of responses. What it writes is made before the request goes on, and so is on refusals of filters further
 * in, too. A request for which a value could split a header or a list is refused with 403. Thread-safe.
 */
public final class ResponseTransformFilter extends LintelFilter implements NonWaiting {

    private FieldEdits edits;

    /** For {@code web.xml}: the options are the init-params. */
    public ResponseTransformFilter() {
        super(false);
        this.edits = FieldEdits.NONE;
    }

    ResponseTransformFilter(FieldEdits edits) {
        super(true);
        this.edits = edits;
    }

    /** Begins the description of a filter. */
    public static ResponseTransformFilterBuilder builder() {
        return new ResponseTransformFilterBuilder();
    }

    /** After authentication, so that templates know the caller. */
    @Override
    public Stage stage() {
        return Stage.TRANSFORM;
    }

    @Override
    public OptionCatalogue catalogue() {
        return TransformCatalogue.RESPONSE;
    }

    @Override
    protected void configure(OptionReader params) {
        edits = builder().read(params).options(params.problems());
    }

    @Override
    protected void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        exchange.responseHeaders().remove(edits.remove());
        try {
            write(exchange, request, response);
        } catch (UnsafeValueException unsafe) {
            reject(exchange, request, response, RequestTransformFilter.UNSAFE);
            return;
        }
        if (edits.rename().isEmpty() && edits.copy().isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        MovedResponse moved = new MovedResponse(response, edits);
        chain.doFilter(ExchangeRequest.of(request, exchange).answeredBy(moved), moved);
    }

    /** Texts of the options may be secrets. */
    @Override
    protected void predict(
            Rehearsal rehearsal,
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        edits.concealIn(rehearsal);
        filter(exchange, request, response, chain);
    }

    private void write(Exchange exchange, HttpServletRequest request, HttpServletResponse response)
            throws UnsafeValueException {
        for (FieldEdits.Written field : edits.set()) {
            String value = field.value().render(exchange, request);
            if (value != null) {
                setResponseHeader(exchange, response, field.name(), value);
            }
        }
        for (FieldEdits.Written field : edits.add()) {
            String value = field.value().render(exchange, request);
            if (value != null) {
                appendResponseHeader(exchange, response, field.name(), value);
            }
        }
    }
}
