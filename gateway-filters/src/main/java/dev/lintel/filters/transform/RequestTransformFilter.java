package dev.lintel.filters.transform;

import dev.lintel.Exchange;
import dev.lintel.HeaderChanges;
import dev.lintel.Stage;
import dev.lintel.filter.LintelFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.filter.Rehearsal;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.reject.Rejection;
import dev.lintel.request.HeaderSelector;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/**
 * Changes header fields of requests, and takes parameters out of queries. The fields that it sets belong to it: what comes from
 * outside under their names never passes, in any spelling. A request for which a value could split a header or a list is
 * refused with 403. Thread-safe.
 */
public final class RequestTransformFilter extends LintelFilter implements NonWaiting {

    static final Rejection UNSAFE = Rejection.client(
            403, "unsafe-value", "Something that the request or its credential says cannot be passed on safely.");

    private RequestTransformOptions options;

    /** For {@code web.xml}: the options are the init-params. */
    public RequestTransformFilter() {
        super(false);
        this.options = RequestTransformOptions.NOTHING;
    }

    RequestTransformFilter(RequestTransformOptions options) {
        super(true);
        this.options = options;
    }

    /** Begins the description of a filter. */
    public static RequestTransformFilterBuilder builder() {
        return new RequestTransformFilterBuilder();
    }

    @Override
    public Stage stage() {
        return Stage.TRANSFORM;
    }

    @Override
    public HeaderSelector ownedRequestHeaders() {
        return options.owned();
    }

    @Override
    public OptionCatalogue catalogue() {
        return TransformCatalogue.REQUEST;
    }

    @Override
    protected void configure(OptionReader params) {
        options = builder().read(params).options(params.problems());
    }

    @Override
    protected void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            edit(exchange, request);
        } catch (UnsafeValueException unsafe) {
            reject(exchange, request, response, UNSAFE);
            return;
        }
        chain.doFilter(request, response);
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
        options.edits().concealIn(rehearsal);
        filter(exchange, request, response, chain);
    }

    private void edit(Exchange exchange, HttpServletRequest request) throws UnsafeValueException {
        FieldEdits edits = options.edits();
        HeaderChanges changes = exchange.requestHeaders();
        changes.remove(edits.remove());
        for (FieldEdits.Move move : edits.rename()) {
            List<String> lines = lines(request, move.from());
            changes.remove(move.selector());
            changes.forget(move.from());
            write(changes, move.to(), lines);
        }
        for (FieldEdits.Move move : edits.copy()) {
            write(changes, move.to(), lines(request, move.from()));
        }
        for (FieldEdits.Written field : edits.set()) {
            String value = field.value().render(exchange, request);
            if (value != null) {
                changes.set(field.name(), value);
            }
        }
        for (FieldEdits.Written field : edits.add()) {
            String value = field.value().render(exchange, request);
            if (value != null) {
                write(changes, field.name(), lines(request, field.name()));
                changes.add(field.name(), value);
            }
        }
        for (String parameter : options.removeQuery()) {
            exchange.hideQueryParameter(parameter);
        }
    }

    private static List<String> lines(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name));
    }

    private static void write(HeaderChanges changes, String name, List<String> lines) throws UnsafeValueException {
        for (int i = 0; i < lines.size(); i++) {
            try {
                if (i == 0) {
                    changes.set(name, lines.get(i));
                } else {
                    changes.add(name, lines.get(i));
                }
            } catch (IllegalArgumentException unsendable) {
                // a container let it in
                throw new UnsafeValueException();
            }
        }
    }
}
