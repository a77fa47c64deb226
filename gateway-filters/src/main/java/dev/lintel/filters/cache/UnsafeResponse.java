package dev.lintel.filters.cache;

import dev.lintel.Exchange;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request that may have changed something: what is kept under its URL becomes invalid unless it failed, and so does
 * what is kept of the same origin under the URLs that it names (RFC 9111 section 4.4).
 */
final class UnsafeResponse extends HttpServletResponseWrapper {

    private final ResponseStore store;
    private final String key;
    private final Map<String, String> named = new LinkedHashMap<>();

    UnsafeResponse(HttpServletResponse response, Exchange exchange, ResponseStore store, String key) {
        super(response);
        this.store = store;
        this.key = key;
        exchange.onComplete(this::end);
    }

    private void end(Exchange ended) {
        int status = ended.status();
        boolean done = status == 0 || status >= 200 && status < 400;
        if (done && ended.rejection() == null) {
            store.invalidate(key);
            for (String reference : named.values()) {
                String other = resolve(reference);
                if (other != null) {
                    store.invalidate(other);
                }
            }
        }
    }

    /** The key of what is named, if it is of the same origin. */
    private @Nullable String resolve(String reference) {
        try {
            URI own = new URI(key);
            URI other = own.resolve(new URI(reference));
            String authority = other.getRawAuthority();
            boolean same = own.getScheme().equalsIgnoreCase(other.getScheme())
                    && authority != null
                    && own.getRawAuthority().equalsIgnoreCase(authority);
            String query = other.getRawQuery() == null ? "" : "?" + other.getRawQuery();
            return same ? own.getScheme() + "://" + own.getRawAuthority() + other.getRawPath() + query : null;
        } catch (URISyntaxException | IllegalArgumentException odd) {
            return null;
        }
    }

    private void note(String name, @Nullable String value) {
        String folded = name.toLowerCase(Locale.ROOT);
        if (value != null && (folded.equals("location") || folded.equals("content-location"))) {
            named.put(folded, value);
        }
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        note(name, value);
        super.setHeader(name, value);
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        note(name, value);
        super.addHeader(name, value);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        note("Location", location);
        super.sendRedirect(location);
    }
}
