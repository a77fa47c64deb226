package dev.lintel.filters.cache;

import dev.lintel.Exchange;
import dev.lintel.Route;
import dev.lintel.filters.cache.CacheControl.Flag;
import dev.lintel.filters.cache.Validators.Condition;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a request that may be answered by a cache asks for. Immutable.
 *
 * @param key the URL that it asks for, every character as it came
 * @param route the route that it takes; null for none
 * @param forwarded what it says of how it came and in what shape it wants its answer, in one text
 * @param control what it says of caches
 * @param condition by what it tells what it has already
 * @param head whether it asks for a head alone
 * @param origins whether it is by {@code Origin} that the destination says who may read the answer: no filter in front says that in its place
 */
record Asked(
        String key,
        @Nullable Route route,
        String forwarded,
        CacheControl control,
        Condition condition,
        boolean head,
        boolean origins) {

    private static final CacheControl NO_CACHE = CacheControl.parse(List.of("no-cache"));

    /** What a request asks for; null if it passes by. */
    static @Nullable Asked of(Exchange exchange, HttpServletRequest request, CacheOptions options) {
        String key = isAsItCame(exchange, request) ? key(exchange, options.maxKeyLength()) : null;
        String forwarded = key == null ? null : RequestRules.forwarded(exchange, request, options);
        return key == null || forwarded == null
                ? null
                : new Asked(
                        key,
                        exchange.route(),
                        forwarded,
                        control(request),
                        Condition.of(request),
                        exchange.method().equals("HEAD"),
                        request.getHeader("Origin") != null
                                && !exchange.responseHeaders().hides("Access-Control-Allow-Origin"));
    }

    /**
     * Whether path and query are those of the key for everybody. A filter in front that changes them, as Spring's {@code ForwardedHeaderFilter}
     * does by what a client says, changes them for those behind it alone, or for Lintel too if it comes before all of that.
     */
    private static boolean isAsItCame(Exchange exchange, HttpServletRequest request) {
        ServletRequest below = request;
        while (below instanceof ServletRequestWrapper wrapper) {
            below = wrapper.getRequest();
        }
        return isThat(exchange, request)
                && below instanceof HttpServletRequest container
                && isThat(exchange, container);
    }

    private static boolean isThat(Exchange exchange, HttpServletRequest request) {
        return exchange.rawPath().equals(request.getRequestURI())
                && Objects.equals(exchange.query(), request.getQueryString());
    }

    /** The URL of a request, every character as it came: what nobody changes nobody confuses; null if there is none that is clear. */
    static @Nullable String key(Exchange exchange, int maxLength) {
        String host = HostSpelling.known(exchange);
        String path = exchange.rawPath();
        if (host == null || exchange.path().violation() != null || !path.startsWith("/") || path.indexOf(';') >= 0) {
            return null;
        }
        String query = exchange.query();
        String url = exchange.scheme() + "://" + host + path;
        String key = query == null ? url : url + "?" + query;
        return key.length() > maxLength ? null : key;
    }

    private static CacheControl control(HttpServletRequest request) {
        Enumeration<String> lines = request.getHeaders("Cache-Control");
        if (lines.hasMoreElements()) {
            return CacheControl.parse(Collections.list(lines));
        }
        Enumeration<String> pragma = request.getHeaders("Pragma");
        return pragma.hasMoreElements()
                        && CacheControl.parse(Collections.list(pragma)).says(Flag.NO_CACHE)
                ? NO_CACHE
                : CacheControl.NONE;
    }
}
