package dev.lintel.testing;

import java.security.KeyPair;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An issuer of tokens with one RSA and one EC key of its own, a key set at {@code /.well-known/jwks.json} and OpenID
 * Connect discovery at {@code /.well-known/openid-configuration}, on a real server that can be made to fail.
 * Thread-safe. Keys of an issuer that was closed some time ago may serve a later one, because making them is slow.
 */
public final class TestIssuer implements AutoCloseable {

    /** The path of the key set. */
    public static final String KEY_SET_PATH = "/.well-known/jwks.json";

    /** The path of the discovery document. */
    public static final String DISCOVERY_PATH = "/.well-known/openid-configuration";

    private static final String MOVED = "/moved";

    private final InstantSource clock;
    private final ScriptedUpstream server;
    private final Map<String, Map<String, Object>> published = new LinkedHashMap<>();
    private final Map<String, Answer> overrides = new LinkedHashMap<>();
    private final List<KeyPair> rsaPairs = new ArrayList<>();
    private int generation;
    private TestKey rsa;
    private TestKey ec;
    private volatile IssuerFault fault = IssuerFault.NONE;

    private TestIssuer(InstantSource clock, @Nullable SSLContext tls) {
        this.clock = clock;
        this.rsa = newRsaKey("rsa-0");
        this.ec = TestKey.ec("ec-0", "ES256");
        publish(rsa);
        publish(ec);
        ScriptedUpstream.Builder options = ScriptedUpstream.builder();
        this.server = (tls == null ? options : options.tls(tls)).start(this::answer);
    }

    /** Starts one whose tokens go by the system's clock. */
    public static TestIssuer start() {
        return start(InstantSource.system());
    }

    /** Starts one whose tokens go by that clock. */
    public static TestIssuer start(InstantSource clock) {
        return new TestIssuer(clock, null);
    }

    /** Starts one that speaks TLS. */
    public static TestIssuer startTls(InstantSource clock, SSLContext context) {
        return new TestIssuer(clock, context);
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Its name, the {@code iss} of its tokens: {@code http://127.0.0.1:port}, or https. */
    public String url() {
        return server.url();
    }

    /** Where its key set is. */
    public String keySetUrl() {
        return url() + KEY_SET_PATH;
    }

    /** The server, for its requests and connections. */
    public ScriptedUpstream server() {
        return server;
    }

    /** A token with {@code iss}, signed by the present RSA key (RS256). */
    public TokenBuilder token() {
        return TokenBuilder.with(rsaKey(), clock).issuer(url());
    }

    /** The present RSA key. */
    public synchronized TestKey rsaKey() {
        return rsa;
    }

    /** The present EC key (ES256). */
    public synchronized TestKey ecKey() {
        return ec;
    }

    /** Makes new keys {@code rsa-N} and {@code ec-N}; the old ones stay in the key set until removed. */
    public synchronized void rotate() {
        generation++;
        rsa = newRsaKey("rsa-" + generation);
        ec = TestKey.ec("ec-" + generation, "ES256");
        publish(rsa);
        publish(ec);
    }

    private synchronized TestKey newRsaKey(String id) {
        KeyPair pair = RsaPairs.take();
        rsaPairs.add(pair);
        return TestKey.rsa(id, pair);
    }

    /** Adds a key to the key set, in place of another one with its id. */
    public void publish(TestKey key) {
        publish(key.id(), key.jwkMembers("sig"));
    }

    /** Adds an RSA key for encryption ({@code use} enc) to the key set and returns it. */
    public TestKey publishEncryptionKey(String id) {
        TestKey key = newRsaKey(id);
        publish(id, key.jwkMembers("enc"));
        return key;
    }

    /** Adds a JWK of any members to the key set, in place of another one with that id. */
    public synchronized void publish(String id, Map<String, Object> jwkMembers) {
        published.put(id, new LinkedHashMap<>(jwkMembers));
    }

    /** Takes a key out of the key set. */
    public synchronized void removeKey(String id) {
        if (published.remove(id) == null) {
            throw new IllegalArgumentException("id: " + id + " (expected: one of " + published.keySet() + ")");
        }
    }

    /** The key set as JSON. */
    public synchronized String keySet() {
        return Json.of(Map.of("keys", new ArrayList<>(published.values())));
    }

    /** Breaks it so, or with {@link IssuerFault#NONE} heals it and releases all who hang. */
    public void fail(IssuerFault next) {
        fault = next;
        if (next == IssuerFault.REFUSE) {
            server.refuseConnections();
        } else {
            server.acceptConnections();
        }
    }

    /** Gives that answer at that path, whatever the fault; null gives the usual one again. */
    public synchronized void answerAt(String path, @Nullable Answer answer) {
        if (answer == null) {
            overrides.remove(path);
        } else {
            overrides.put(path, answer);
        }
    }

    /** How many requests for the key set have come. */
    public int keySetFetches() {
        return fetches(KEY_SET_PATH);
    }

    /** How many requests for the discovery document have come. */
    public int discoveryFetches() {
        return fetches(DISCOVERY_PATH);
    }

    /** How many times a redirect was followed. */
    public int redirectsFollowed() {
        return fetches(MOVED);
    }

    /** Waits until so many requests for the key set have come. */
    public void awaitKeySetFetches(int count) {
        server.awaitHeads(count, KEY_SET_PATH);
    }

    private int fetches(String path) {
        return (int) server.requests().stream()
                .filter(request -> request.path().equals(path))
                .count();
    }

    private Answer answer(ReceivedRequest request) {
        String path = request.path();
        Answer override = override(path);
        if (override != null) {
            return override;
        }
        return switch (path) {
            case KEY_SET_PATH, DISCOVERY_PATH -> IssuerAnswers.under(fault, () -> fault, document(path), url() + MOVED);
            case MOVED -> IssuerAnswers.json(keySet());
            default -> Answer.of(404, "");
        };
    }

    private synchronized @Nullable Answer override(String path) {
        return overrides.get(path);
    }

    private String document(String path) {
        if (path.equals(KEY_SET_PATH)) {
            return keySet();
        }
        Map<String, Object> discovery = new LinkedHashMap<>();
        discovery.put("issuer", url());
        discovery.put("jwks_uri", keySetUrl());
        discovery.put("authorization_endpoint", url() + "/authorize");
        discovery.put("token_endpoint", url() + "/token");
        discovery.put("response_types_supported", List.of("code"));
        discovery.put("subject_types_supported", List.of("public"));
        discovery.put("id_token_signing_alg_values_supported", List.of("RS256", "ES256"));
        return Json.of(discovery);
    }

    @Override
    public void close() {
        server.close();
        synchronized (this) {
            rsaPairs.forEach(RsaPairs::giveBack);
            rsaPairs.clear();
        }
    }
}
