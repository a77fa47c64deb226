package dev.lintel.filters.cache;

import dev.lintel.Exchange;
import dev.lintel.Stage;
import dev.lintel.filter.EndingRequest;
import dev.lintel.filter.ExchangeRequest;
import dev.lintel.filter.GatewayState;
import dev.lintel.filter.LintelFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.filter.Rehearsal;
import dev.lintel.filters.cache.CacheControl.Flag;
import dev.lintel.filters.cache.ResponseStore.Outcome;
import dev.lintel.measure.Measured;
import dev.lintel.measure.Measures;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.reject.Rejection;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Answers again what has been answered before, where the answer allows it: a shared cache in memory (RFC 9111). Keeps answers to {@code
 * GET} requests of nobody in particular, whole ones, as long as they say themselves that they may be kept; never one to a request with
 * credentials, and never one with a cookie. An answer that is not to be kept is passed on as it comes. Thread-safe.
 */
public final class CacheFilter extends LintelFilter implements NonWaiting, Measured {

    private CacheOptions options;
    private @Nullable ResponseStore store;

    /** For {@code web.xml}: the options are the init-params. */
    public CacheFilter() {
        super(false);
        this.options = CacheOptions.DEFAULT;
    }

    CacheFilter(CacheOptions options) {
        super(true);
        this.options = options;
    }

    /** A filter with the defaults. */
    public static CacheFilter create() {
        return builder().build();
    }

    /** Begins the description of a filter. */
    public static CacheFilterBuilder builder() {
        return new CacheFilterBuilder();
    }

    /** Late: what is answered here has been let through by all filters in front, and by none behind. */
    @Override
    public Stage stage() {
        return Stage.TRANSFORM;
    }

    @Override
    public boolean answersForOthers() {
        return true;
    }

    @Override
    public OptionCatalogue catalogue() {
        return CacheCatalogue.ALL;
    }

    @Override
    protected void configure(OptionReader params) {
        options = builder()
                .maxSize(params.value(CacheCatalogue.MAX_SIZE))
                .maxEntrySize(params.value(CacheCatalogue.MAX_ENTRY_SIZE))
                .maxEntries(params.value(CacheCatalogue.MAX_ENTRIES))
                .maxVariants(params.value(CacheCatalogue.MAX_VARIANTS))
                .maxKeyLength(params.value(CacheCatalogue.MAX_KEY_LENGTH))
                .ignoredCookies(params.value(CacheCatalogue.IGNORED_COOKIES))
                .clientsMayRevalidate(params.value(CacheCatalogue.CLIENTS_MAY_REVALIDATE))
                .heuristics(params.value(CacheCatalogue.HEURISTICS))
                .cacheStatus(params.value(CacheCatalogue.CACHE_STATUS))
                .options(params.problems());
    }

    /** What a cache with the same options has kept here, in a gateway before, is kept on. */
    @Override
    protected void start(FilterConfig config) {
        store = GatewayState.offeredBy(config).take(ResponseStore.class, options, () -> new ResponseStore(options));
    }

    @Override
    protected void stop() {
        store = null;
    }

    /** Drops everything that is kept; what is on its way now is not kept either. Without effect before {@code init}. */
    public void clear() {
        ResponseStore known = store;
        if (known != null) {
            known.clear();
        }
    }

    /** For how many URLs answers are kept now; 0 before {@code init}. */
    public int size() {
        ResponseStore known = store;
        return known == null ? 0 : known.size();
    }

    @Override
    public void measure(Measures measures) {
        ResponseStore known = store;
        if (known != null && measures.isNew(known)) {
            CacheFigures.tell(known, measures);
        }
    }

    @Override
    protected void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ResponseStore known = store;
        if (known == null) {
            throw new ServletException("CacheFilter: not initialised (expected: init before the first request)");
        }
        if (request.getDispatcherType() != DispatcherType.REQUEST) {
            chain.doFilter(request, response);
            return;
        }
        if (!isAboutReading(exchange)) {
            String key = isSafe(exchange) ? null : Asked.key(exchange, options.maxKeyLength());
            tell(exchange, response, "lintel; fwd=method");
            chain.doFilter(request, key == null ? response : new UnsafeResponse(response, exchange, known, key));
            return;
        }
        Asked asked = Asked.of(exchange, request, options);
        if (asked == null) {
            known.count(Outcome.BYPASS);
            tell(exchange, response, "lintel; fwd=bypass");
            chain.doFilter(request, response);
            return;
        }
        Lookup found = Lookup.of(known.find(asked.key()), asked, request, options, nanos(exchange));
        StoredResponse usable = found.usable();
        if (usable != null) {
            known.count(Outcome.HIT);
            new Replay(exchange, request, response, asked)
                    .send(usable, options.cacheStatus() ? found.told(nanos(exchange)) : null);
        } else if (asked.control().says(Flag.ONLY_IF_CACHED)) {
            reject(exchange, request, response, notCached());
        } else if (asked.head()) {
            known.count(Outcome.MISS);
            tell(exchange, response, "lintel; fwd=" + found.why());
            chain.doFilter(request, response);
        } else {
            known.count(Outcome.MISS);
            fetch(known, found, asked, exchange, request, response, chain);
        }
    }

    private void fetch(
            ResponseStore known,
            Lookup found,
            Asked asked,
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        Fetch fetch = new Fetch(known, options, exchange, request, asked, found.why(), found.stale());
        Replay replay = new Replay(exchange, request, response, asked);
        CachedResponse answer = new CachedResponse(response, exchange, fetch, replay, options.cacheStatus());
        HttpServletRequest watched = BodyWatch.over(request, exchange, fetch::lose);
        HttpServletRequest ending = new EndingRequest(watched, answer, answer);
        proceed(exchange, ending, answer, answer, chain);
    }

    private static void proceed(
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            CachedResponse answer,
            FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(ExchangeRequest.of(request, exchange).answeredBy(response), response);
        if (!answer.isLeftOpen()) {
            answer.finish();
        }
    }

    /** What an asynchronous application answers on a later dispatch ends with that. */
    @Override
    protected void pass(Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        CachedResponse answer = request.getDispatcherType() == DispatcherType.ASYNC ? cached(response) : null;
        if (answer == null) {
            chain.doFilter(request, response);
        } else {
            answer.resume();
            proceed(exchange, request, response, answer, chain);
        }
    }

    private static @Nullable CachedResponse cached(HttpServletResponse response) {
        ServletResponse below = response;
        while (true) {
            if (below instanceof CachedResponse found) {
                return found;
            }
            if (!(below instanceof ServletResponseWrapper wrapper)) {
                return null;
            }
            below = wrapper.getResponse();
        }
    }

    /** Looks at what is kept, and tells what is not known: what will be answered where nothing is. */
    @Override
    protected void predict(
            Rehearsal rehearsal,
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        Asked asked = isAboutReading(exchange) ? Asked.of(exchange, request, options) : null;
        if (asked == null) {
            rehearsal.remark("has nothing to do with this request");
            tell(exchange, response, isAboutReading(exchange) ? "lintel; fwd=bypass" : "lintel; fwd=method");
            chain.doFilter(request, response);
            return;
        }
        ResponseStore known = store;
        Variants kept = known == null || rehearsal.isSeries() ? null : known.peek(asked.key());
        Lookup found = Lookup.of(kept, asked, request, options, nanos(exchange));
        StoredResponse usable = found.usable();
        if (usable != null) {
            rehearsal.remark("answers with what it has kept");
            new Replay(exchange, request, response, asked)
                    .foretell(usable, options.cacheStatus() ? found.told(nanos(exchange)) : null);
        } else if (asked.control().says(Flag.ONLY_IF_CACHED)) {
            reject(exchange, request, response, notCached());
        } else {
            rehearsal.remark("keeps the answer if it says that it may be kept");
            tell(exchange, response, "lintel; fwd=" + found.why());
            chain.doFilter(request, response);
        }
    }

    private void tell(Exchange exchange, HttpServletResponse response, String status) {
        if (options.cacheStatus()) {
            appendResponseHeader(exchange, response, "Cache-Status", status);
        }
    }

    private static boolean isAboutReading(Exchange exchange) {
        return exchange.method().equals("GET") || exchange.method().equals("HEAD");
    }

    /** RFC 9110 section 9.2.1. */
    private static boolean isSafe(Exchange exchange) {
        return exchange.method().equals("OPTIONS") || exchange.method().equals("TRACE");
    }

    private static Rejection notCached() {
        return Rejection.gateway(504, "not-cached", "Nothing that is kept answers the request.");
    }

    private static long nanos(Exchange exchange) {
        return exchange.settings().time().nanos().getAsLong();
    }
}
