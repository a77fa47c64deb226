package dev.lintel.proxy;

import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS to upstreams that is set up when the first target asks for it, not at start: reading the authorities that the JVM trusts takes
 * as long as an eighth of all else that a start does, and most gateways reach their upstreams in clear text. Thread-safe.
 */
final class OnDemandTls extends SslContextFactory.Client {

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
}
