package dev.lintel.filters.headers;

import dev.lintel.Exchange;
import dev.lintel.HeaderChanges;
import dev.lintel.Stage;
import dev.lintel.filter.ExchangeResponse;
import dev.lintel.filter.LintelFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.filter.Predictable;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.request.HeaderSelector;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes header fields: from requests what clients must not send in, from responses what services must not tell. Names are
 * compared folded ({@link HeaderSelector}). What other filters of Lintel write is never removed. Thread-safe.
 */
public final class HeaderStripFilter extends LintelFilter implements NonWaiting, Predictable {

    private HeaderStripOptions options;

    /** For {@code web.xml}: the options are the init-params. */
    public HeaderStripFilter() {
        super(false);
        this.options = HeaderStripOptions.NOTHING;
    }

    HeaderStripFilter(HeaderStripOptions options) {
        super(true);
        this.options = options;
    }

    /** Begins the description of a filter. */
    public static HeaderStripFilterBuilder builder() {
        return new HeaderStripFilterBuilder();
    }

    @Override
    public Stage stage() {
        return Stage.HEADER_STRIP;
    }

    @Override
    public OptionCatalogue catalogue() {
        return HeaderStripCatalogue.ALL;
    }

    @Override
    protected void configure(OptionReader params) {
        options = builder()
                .requestHeaders(
                        params.value(HeaderStripCatalogue.REQUEST_HEADERS).toArray(String[]::new))
                .responseHeaders(
                        params.value(HeaderStripCatalogue.RESPONSE_HEADERS).toArray(String[]::new))
                .options(params.problems());
    }

    @Override
    protected void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        exchange.requestHeaders().remove(options.request());
        if (!options.response().isEmpty()) {
            removePresent(exchange, ExchangeResponse.of(response, exchange).unwrapped());
            exchange.responseHeaders().remove(options.response());
        }
        chain.doFilter(request, response);
    }

    /** Takes away what the container or a filter further out has written already, where the container lets us. */
    private void removePresent(Exchange exchange, HttpServletResponse below) {
        List<String> present = List.of();
        for (String name : below.getHeaderNames()) {
            if (options.response().matches(name)) {
                present = present.isEmpty() ? new ArrayList<>() : present;
                present.add(name);
            }
        }
        HeaderChanges changes = exchange.responseHeaders();
        for (String name : present) {
            if (changes.value(name) == null && !changes.offers(name)) {
                below.setHeader(name, null);
            }
        }
    }
}
