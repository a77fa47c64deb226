package dev.lintel.filters.compression;

import dev.lintel.Exchange;
import dev.lintel.Stage;
import dev.lintel.filter.EndingRequest;
import dev.lintel.filter.ExchangeRequest;
import dev.lintel.filter.LintelFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.filter.Rehearsal;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Codes answers with gzip for clients that accept it (RFC 9110 sections 8.4.1.3 and 12.5.3), as they stream: what is flushed
 * arrives. Answers that are coded already, partial, or not to be transformed are left as they are, and so are refusals and HTTP/1.0.
 * {@code HEAD} is answered by what there is uncoded. An answer that is cut short stays so. Thread-safe.
 */
public final class CompressionFilter extends LintelFilter implements NonWaiting {

    private CompressionOptions options;

    /** For {@code web.xml}: the options are the init-params. */
    public CompressionFilter() {
        super(false);
        this.options = CompressionOptions.DEFAULT;
    }

    CompressionFilter(CompressionOptions options) {
        super(true);
        this.options = options;
    }

    /** A filter with the defaults. */
    public static CompressionFilter create() {
        return builder().build();
    }

    /** Begins the description of a filter. */
    public static CompressionFilterBuilder builder() {
        return new CompressionFilterBuilder();
    }

    /** Anywhere: it acts on what is answered behind it. */
    @Override
    public @Nullable Stage stage() {
        return null;
    }

    @Override
    public OptionCatalogue catalogue() {
        return CompressionCatalogue.ALL;
    }

    @Override
    protected void configure(OptionReader params) {
        options = builder()
                .types(params.value(CompressionCatalogue.TYPES))
                .minSize(params.value(CompressionCatalogue.MIN_SIZE))
                .options(params.problems());
    }

    @Override
    protected void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getDispatcherType() == DispatcherType.INCLUDE
                || exchange.protocol().equals("HTTP/1.0")
                || compressed(response) != null) {
            chain.doFilter(request, response);
            return;
        }
        AcceptEncoding accepted = AcceptEncoding.of(request);
        CompressedResponse answer = new CompressedResponse(response, exchange, options, accepted);
        proceed(exchange, request, answer, answer, chain);
    }

    /** What an asynchronous application answers on a later dispatch ends with that. */
    @Override
    protected void pass(Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        CompressedResponse answer = request.getDispatcherType() == DispatcherType.ASYNC ? compressed(response) : null;
        if (answer == null) {
            chain.doFilter(request, response);
        } else {
            answer.resume();
            proceed(exchange, request, response, answer, chain);
        }
    }

    /** Nothing is known of the answer but that it might be coded. */
    @Override
    protected void predict(
            Rehearsal rehearsal,
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        if (request.getMethod().equals("HEAD") || exchange.protocol().equals("HTTP/1.0")) {
            rehearsal.remark("never codes an answer to this request");
        } else if (AcceptEncoding.of(request).gzip()) {
            rehearsal.remark("codes the answer with gzip if its type and size are right");
        } else {
            rehearsal.remark("leaves the answer uncoded, since gzip is not accepted, or nothing is to be transformed");
        }
        chain.doFilter(request, response);
    }

    private static void proceed(
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            CompressedResponse answer,
            FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest watched = EndingRequest.isEndingWith(request, CompressedResponse.class)
                ? request
                : new EndingRequest(request, answer, answer);
        chain.doFilter(ExchangeRequest.of(watched, exchange).answeredBy(response), response);
        if (!answer.isLeftOpen()) {
            answer.finish();
        }
    }

    private static @Nullable CompressedResponse compressed(HttpServletResponse response) {
        ServletResponse below = response;
        while (true) {
            if (below instanceof CompressedResponse found) {
                return found;
            }
            if (!(below instanceof ServletResponseWrapper wrapper)) {
                return null;
            }
            below = wrapper.getResponse();
        }
    }
}
