package dev.lintel.proxy;

import java.util.Map;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.io.ssl.SslClientConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS to upstreams that is set up when the first target asks for it, not at start: reading the authorities that the JVM trusts takes
 * as long as an eighth of all else that a start does, and most gateways reach their upstreams in clear text. Where an upstream has
 * options of its own for it, those make it. Thread-safe.
 */
final class OnDemandTls extends SslContextFactory.Client implements SslClientConnectionFactory.SslEngineFactory {

    private @Nullable Client loaded;

    /** Does nothing yet. */
    @Override
    protected void doStart() {}

    /**
     * Sets TLS up, if that has not been done.
     *
     * @throws IllegalStateException if the JVM has no TLS
     */
    void load() {
        var unused = inner();
    }

    /** Whether that has been done. */
    synchronized boolean isLoaded() {
        return loaded != null;
    }

    private synchronized Client inner() {
        Client known = loaded;
        if (known == null) {
            known = new Client();
            try {
                known.start();
            } catch (Exception failed) {
                throw new IllegalStateException("TLS to upstreams: not set up (expected: a JVM that has it)", failed);
            }
            loaded = known;
        }
        return known;
    }

    @Override
    public SSLEngine newSSLEngine() {
        return inner().newSSLEngine();
    }

    @Override
    public SSLEngine newSSLEngine(String host, int port) {
        return inner().newSSLEngine(host, port);
    }

    @Override
    public SSLEngine newSslEngine(String host, int port, Map<String, Object> context) {
        UpstreamContexts special = UpstreamPool.Kind.contextsOf(context.get(Destination.CONTEXT_KEY));
        return special == null ? newSSLEngine(host, port) : special.newSSLEngine(host, port);
    }
}
