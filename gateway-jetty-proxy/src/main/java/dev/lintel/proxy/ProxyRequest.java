package dev.lintel.proxy;

import java.net.URI;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * A request to an upstream whose method, path and query are sent exactly as given. The client's own request parses the
 * query, decodes it, and makes a URI of it once more to look for cookies; this one does none of it.
 */
final class ProxyRequest extends HttpRequest {

    private final String exactMethod;
    private final String exactPath;
    private final @Nullable String exactQuery;
    private @Nullable InterimListener interim;

    /** Told of interim answers but 100 and 101. */
    @FunctionalInterface
    interface InterimListener {
        void interim(int status, HttpFields fields);
    }

    ProxyRequest(HttpClient client, URI origin, String method, String path, @Nullable String query) {
        super(client, new HttpConversation(), origin);
        this.exactMethod = method;
        this.exactPath = path;
        this.exactQuery = query;
    }

    void onInterim(InterimListener listener) {
        interim = listener;
    }

    void interim(int status, HttpFields fields) {
        InterimListener listener = interim;
        if (listener != null) {
            listener.interim(status, fields);
        }
    }

    @Override
    public String getMethod() {
        return exactMethod;
    }

    @Override
    public String getPath() {
        return exactPath;
    }

    @Override
    public @Nullable String getQuery() {
        return exactQuery;
    }

    /** None: without it the client does not look into {@code Set-Cookie}. */
    @Override
    public @Nullable URI getURI() {
        return null;
    }
}
