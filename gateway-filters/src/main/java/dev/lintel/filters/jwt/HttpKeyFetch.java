package dev.lintel.filters.jwt;

import dev.lintel.Background;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a JWK set over HTTP, from an address given or from the one that the issuer's discovery document names. Every
 * answer is bounded in time and size; no redirect is followed, since it could lead to another origin.
 */
final class HttpKeyFetch implements KeyFetch {

    static final int MAX_BYTES = 512 * 1024;

    private final HttpClient client;
    private final URI start;
    private final @Nullable String issuer;
    private final Duration timeout;
    private final boolean insecureAllowed;
    private final JwkReader reader;
    private volatile @Nullable URI discovered;

    private HttpKeyFetch(
            HttpClient client,
            URI start,
            @Nullable String issuer,
            Duration timeout,
            boolean insecureAllowed,
            JwkReader reader) {
        this.client = client;
        this.start = start;
        this.issuer = issuer;
        this.timeout = timeout;
        this.insecureAllowed = insecureAllowed;
        this.reader = reader;
    }

    /**
     * Fetches from {@code jwks}.
     *
     * @param timeout for the whole of one answer
     */
    static HttpKeyFetch of(HttpClient client, URI jwks, Duration timeout, JwkReader reader) {
        return new HttpKeyFetch(client, jwks, null, timeout, false, reader);
    }

    /**
     * Fetches from where the document at {@code discovery} says, which is asked again after a fetch that failed.
     *
     * @param issuer what the document must say its issuer is, to the letter (OpenID Connect Discovery 1.0 section 4.3)
     * @param insecureAllowed whether keys may come over plain HTTP from another machine
     */
    static HttpKeyFetch discovering(
            HttpClient client,
            URI discovery,
            String issuer,
            Duration timeout,
            boolean insecureAllowed,
            JwkReader reader) {
        return new HttpKeyFetch(client, discovery, issuer, timeout, insecureAllowed, reader);
    }

    @Override
    public CompletableFuture<JwkReader.Keys> fetch() {
        return location().thenCompose(this::get).thenApply(this::keys).whenComplete((keys, failure) -> {
            if (failure != null) {
                discovered = null;
            }
        });
    }

    private CompletableFuture<URI> location() {
        String expected = issuer;
        URI known = expected == null ? start : discovered;
        return known != null
                ? CompletableFuture.completedFuture(known)
                : get(start).thenApply(document -> discover(document, String.valueOf(expected)));
    }

    private URI discover(byte[] document, String expected) {
        Map<String, @Nullable Object> members;
        try {
            members = StrictJson.object(document);
        } catch (StrictJson.Malformed e) {
            throw failed("discovery document: " + e.getMessage() + " (expected: a JSON object)");
        }
        if (!expected.equals(members.get("issuer"))) {
            throw failed("discovery document: another issuer (expected: " + expected + ")");
        }
        // A document that came over TLS may not lead to where TLS is missing, not even on this machine.
        boolean plainAllowed = insecureAllowed || "http".equalsIgnoreCase(start.getScheme());
        URI jwks = members.get("jwks_uri") instanceof String text ? KeyLocation.parse(text, insecureAllowed) : null;
        if (jwks == null || (!plainAllowed && "http".equalsIgnoreCase(jwks.getScheme()))) {
            throw failed("jwks_uri: not usable (expected: " + KeyLocation.RULE + ")");
        }
        discovered = jwks;
        return jwks;
    }

    private JwkReader.Keys keys(byte[] body) {
        try {
            return reader.read(body);
        } catch (UnusableKey e) {
            throw failed("key set: not usable (expected: " + e.rule() + ")");
        }
    }

    private CompletableFuture<byte[]> get(URI uri) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Accept", "application/json")
                .header("User-Agent", "lintel")
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, info -> new BoundedBody(MAX_BYTES));
        // The request's own timeout ends with the head of the answer.
        return Background.within(timeout, answer)
                .whenComplete((response, failure) -> answer.cancel(true))
                .thenApply(HttpKeyFetch::body);
    }

    private static byte[] body(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw failed("status " + response.statusCode() + " (expected: 200; redirects are not followed)");
        }
        return response.body();
    }

    private static CompletionException failed(String message) {
        return new CompletionException(new IOException(message));
    }
}
