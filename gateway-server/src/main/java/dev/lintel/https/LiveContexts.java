package dev.lintel.https;

import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Makes each connection's TLS by the context of now; those before go on with theirs. Thread-safe. */
final class LiveContexts extends SslContextFactory.Server {

    /** A context, and the names that it has certificates for. */
    record Current(SSLContext context, HostTable table) {}

    private final boolean refusesUnknownNames;
    private volatile Current current;

    LiveContexts(TlsOptions options, Current first) {
        this.current = first;
        this.refusesUnknownNames = options.refusesUnknownNames();
        setSslContext(first.context());
        setIncludeProtocols(options.preset().versions());
        setExcludeProtocols();
        setIncludeCipherSuites(options.preset().suites());
        setExcludeCipherSuites();
        setUseCipherSuitesOrder(false);
        // TLS 1.3 has none; in 1.2 it lets a client make the server work
        setRenegotiationAllowed(false);
        setNeedClientAuth(options.clients() == ClientCertificates.REQUIRED);
        setWantClientAuth(options.clients() == ClientCertificates.OPTIONAL);
    }

    void become(Current next) {
        current = next;
    }

    HostTable table() {
        return current.table();
    }

    @Override
    public SSLContext getSslContext() {
        return current.context();
    }

    @Override
    public SSLParameters customize(SSLParameters parameters) {
        SSLParameters customized = super.customize(parameters);
        if (refusesUnknownNames) {
            // asks whoever is there when the client asks
            customized.setSNIMatchers(List.of(new KnownNames(name -> table().isKnown(name))));
        }
        return customized;
    }
}
