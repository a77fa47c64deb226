package dev.lintel.proxy;

import dev.lintel.request.Authority;
import java.net.URI;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * A request to an upstream whose method, path and query are sent exactly as given. The client's own request parses the
 * query, decodes it, and makes a URI of it once more to look for cookies; this one does none of it.
 */
final class ProxyRequest extends HttpRequest {

    private final Destination destination;
    private final String exactMethod;
    private final String exactPath;
    private final @Nullable String exactQuery;
    private @Nullable InterimListener interim;
    private @Nullable Authority authority;

    /** Told of interim answers but 100 and 101. */
    @FunctionalInterface
    interface InterimListener {
        void interim(int status, HttpFields fields);
    }

    ProxyRequest(
            HttpClient client,
            URI origin,
            Destination destination,
            String method,
            String path,
            @Nullable String query) {
        super(client, new SingleConversation(), origin);
        this.destination = destination;
        this.exactMethod = method;
        this.exactPath = path;
        this.exactQuery = query;
    }

    /** Where it is sent, whatever host it names. */
    Destination destination() {
        return destination;
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

    /** Has the request sent over HTTP/2, which says {@code :authority} for {@code Host} (RFC 9113 section 8.3.1). */
    void speakHttp2() {
        version(HttpVersion.HTTP_2);
        HttpFields.Mutable fields = (HttpFields.Mutable) getHeaders();
        Authority named = Authority.parse(String.valueOf(fields.get(HttpHeader.HOST)));
        authority = named;
        fields.remove(HttpHeader.HOST);
    }

    @Override
    public String getHost() {
        Authority named = authority;
        return named == null ? super.getHost() : named.host();
    }

    @Override
    public int getPort() {
        Authority named = authority;
        return named == null ? super.getPort() : named.port();
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
