package dev.lintel.filter;

import dev.lintel.Exchange;
import dev.lintel.ExchangeSettings;
import dev.lintel.FilterTraits;
import dev.lintel.Stage;
import dev.lintel.option.GatewayException;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.reject.Rejection;
import dev.lintel.request.ContextPath;
import dev.lintel.request.HeaderSelector;
import dev.lintel.request.RequestPath;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The base of Lintel's filters. The same class serves in a route, in {@code web.xml} and registered in code: inside a
 * gateway it joins the request's exchange, alone it begins one. It sees to dispatches, views and completion, so that a
 * subclass only decides and applies. Thread-safe once initialised.
 */
public abstract class LintelFilter implements Filter, FilterTraits, Described {

    private volatile boolean configured;
    private volatile ExchangeSettings standalone = ExchangeSettings.DEFAULT;
    private volatile NeighbourCredentials neighbours = NeighbourCredentials.none();

    /**
     * For subclasses.
     *
     * @param builtInCode whether the options came from code; if not, {@link #configure} reads them from init-params
     */
    protected LintelFilter(boolean builtInCode) {
        this.configured = builtInCode;
    }

    /** What it can be told. A filter of yours that does not say so is told whatever it asks for. */
    @Override
    public OptionCatalogue catalogue() {
        return OptionCatalogue.undescribed(getClass().getSimpleName());
    }

    /**
     * Reads the options of a filter that was made without any, now and not by {@link #init}: from then on it is as one that was built in
     * code, and takes no init-params.
     *
     * @param options what it is told; every problem is noted there, and every name that it did not ask for
     * @return whether there was no problem; a filter with problems is of no use
     * @throws IllegalStateException if it has its options already
     */
    public final boolean configureNow(OptionReader options) {
        if (configured) {
            throw new IllegalStateException(
                    getClass().getSimpleName() + ": configured before (expected: a filter made without options)");
        }
        configure(options);
        options.noteUnknown();
        configured = options.problems().isEmpty();
        return configured;
    }

    /**
     * Reads the options of a filter that was made without any. Called once, by {@link #init} before {@link #start}, or by
     * {@link #configureNow}. Must ask for every option that exists; those left over are reported as unknown afterwards.
     *
     * @param options the options; problems are noted there
     */
    protected abstract void configure(OptionReader options);

    /**
     * Starts what the filter needs. Called once, by {@link #init}.
     *
     * @throws GatewayException if that is not possible; it fails {@code init}
     */
    protected void start(FilterConfig config) {}

    /** Stops what {@link #start} started. */
    protected void stop() {}

    /**
     * Acts on a request: calls the chain once with this request and response, or writes one complete response, or returns
     * after {@link dev.lintel.Awaited.Suspended}.
     *
     * @param exchange the facts of the request
     * @param request a view that shows the changes made through the exchange
     * @param response a view that keeps to the changes made through the exchange
     * @param chain what comes after
     */
    protected abstract void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException;

    /**
     * Does with a request that is only described what {@link #filter} does with one that is served: calls the chain or answers, in the
     * same way and by the same code, but changes nothing except the exchange, the request and the response. What it counts it looks at
     * only, or has counted by {@link Rehearsal#state}. A filter that is {@link Predictable} is asked by having it act; any other is not
     * predictable unless it overrides this. May be called before {@code init}.
     *
     * @param rehearsal what it is asked by
     */
    protected void predict(
            Rehearsal rehearsal,
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        if (this instanceof Predictable) {
            filter(exchange, request, response, chain);
        } else {
            rehearsal.notPredictable("it does not say what it would do");
        }
    }

    /**
     * Asks the filter what it would do with a described request that has an exchange; see {@link #predict}. For whoever explains.
     *
     * @throws IllegalStateException if the request has no exchange
     */
    public final void rehearse(
            Rehearsal rehearsal, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Exchange exchange = Exchange.of(request);
        if (exchange == null) {
            throw new IllegalStateException("exchange: none (expected: one)");
        }
        exchange.requestHeaders().remove(ownedRequestHeaders());
        ExchangeResponse answer = ExchangeResponse.of(response, exchange);
        HttpServletRequest view = ExchangeRequest.of(request, exchange).answeredBy(answer);
        if (exchange.enter(this, request.getDispatcherType(), actsAgainOnForward())) {
            predict(rehearsal, exchange, view, answer, chain);
        } else {
            chain.doFilter(view, answer);
        }
    }

    /** Lets a request through, on another dispatch, that the filter has acted on before: calls the chain once. */
    protected void pass(Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
    }

    /** Whether the filter acts on an {@code ERROR} dispatch that has no exchange, as request id and log do. */
    protected boolean actsOnBareError() {
        return false;
    }

    /** Whether the filter acts anew when a request is forwarded, as authentication does. */
    protected boolean actsAgainOnForward() {
        return false;
    }

    @Override
    public HeaderSelector ownedRequestHeaders() {
        return HeaderSelector.none();
    }

    @Override
    public final void init(FilterConfig config) throws ServletException {
        String subject = getClass().getSimpleName();
        try {
            OptionReader options = OptionReader.of(config);
            if (!configured) {
                configure(options);
            }
            // of a filter built in code nothing was asked for, so any init-param is one too many
            options.finish(subject);
            standalone = StandaloneSettings.of(config.getServletContext());
            neighbours = NeighbourCredentials.join(config.getServletContext(), credentialNames());
            start(config);
            if (stage() == Stage.AUTHENTICATION) {
                UnguardedServlets.tell(config, getClass());
            }
        } catch (GatewayException wrong) {
            throw new ServletException(wrong.getMessage(), wrong);
        }
    }

    @Override
    public final void destroy() {
        stop();
    }

    @Override
    public final void doFilter(ServletRequest anyRequest, ServletResponse anyResponse, FilterChain chain)
            throws IOException, ServletException {
        if (!(anyRequest instanceof HttpServletRequest request)
                || !(anyResponse instanceof HttpServletResponse response)) {
            throw new ServletException("request: " + anyRequest.getClass().getName() + " (expected: an HTTP request)");
        }
        Exchange exchange = Exchange.of(request);
        if (exchange != null) {
            join(exchange, request, response, chain);
        } else if (request.getDispatcherType() == DispatcherType.ERROR && !actsOnBareError()) {
            pass(request, response, chain);
        } else {
            begin(request, response, chain);
        }
    }

    /** Lets an error page through that belongs to no exchange, without fields that claim to be this filter's. */
    private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (ownedRequestHeaders().isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Exchange exchange = Exchange.begin(request, RequestPath.parse(ContextPath.remove(request)), settings());
        exchange.requestHeaders().remove(ownedRequestHeaders());
        ExchangeResponse answer = ExchangeResponse.of(response, exchange);
        chain.doFilter(ExchangeRequest.of(request, exchange).answeredBy(answer), answer);
        RequestCompletion.leave(exchange, request, response);
    }

    private void begin(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Exchange exchange = Exchange.begin(request, RequestPath.parse(ContextPath.remove(request)), settings());
        try {
            join(exchange, request, response, chain);
        } catch (IOException | ServletException | RuntimeException | Error thrown) {
            RequestCompletion.leaveFailing(exchange, request, response);
            throw thrown;
        }
        RequestCompletion.leave(exchange, request, response);
    }

    private ExchangeSettings settings() {
        ExchangeSettings current = neighbours.in(standalone);
        standalone = current;
        return current;
    }

    private void join(Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        exchange.requestHeaders().remove(ownedRequestHeaders());
        ExchangeResponse answer = ExchangeResponse.of(response, exchange);
        HttpServletRequest view = ExchangeRequest.of(request, exchange).answeredBy(answer);
        if (exchange.enter(this, request.getDispatcherType(), actsAgainOnForward())) {
            filter(exchange, view, answer, chain);
        } else {
            pass(exchange, view, answer, chain);
        }
    }

    /**
     * Writes a field into the response, now and again should it be reset. Before the chain only.
     *
     * @throws IllegalArgumentException if the field could not be sent
     */
    protected static void setResponseHeader(
            Exchange exchange, HttpServletResponse response, String name, String value) {
        exchange.responseHeaders().set(name, value);
        ExchangeResponse.of(response, exchange).apply(name, value);
    }

    /**
     * Writes a field into the response that stands unless the destination says one of its name. Before the chain only.
     *
     * @throws IllegalArgumentException if the field could not be sent
     */
    protected static void presetResponseHeader(
            Exchange exchange, HttpServletResponse response, String name, String value) {
        exchange.responseHeaders().preset(name, value);
        ExchangeResponse.of(response, exchange).applyPreset(name, value);
    }

    /**
     * Writes a field into the response beside those of its name that the destination says. Before the chain only.
     *
     * @throws IllegalArgumentException if the field could not be sent
     */
    protected static void appendResponseHeader(
            Exchange exchange, HttpServletResponse response, String name, String value) {
        exchange.responseHeaders().append(name, value);
        ExchangeResponse.of(response, exchange).applyAppended(name, value);
    }

    /** Refuses the request with one complete answer. */
    protected static void reject(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, Rejection rejection)
            throws IOException {
        Rejections.answer(exchange, request, response, rejection);
    }
}
