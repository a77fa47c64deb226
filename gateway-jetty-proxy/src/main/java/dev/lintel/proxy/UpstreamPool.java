package dev.lintel.proxy;

import dev.lintel.balancing.TargetSelector;
import dev.lintel.upstream.Target;
import dev.lintel.upstream.Upstream;
import dev.lintel.upstream.UpstreamTls;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpField;
import org.jspecify.annotations.Nullable;

/**
 * An upstream with the connections to its targets. Upstreams with the same target, limit and trust share its connections, also those of
 * a gateway and of the one that takes over from it. Thread-safe.
 */
final class UpstreamPool {

    private final Upstream upstream;
    private final TargetSelector selector;
    private final HttpClient client;
    private final YoungCalls young;
    private final UpstreamConnections connections;
    private final Map<Target, Endpoint> endpoints = new ConcurrentHashMap<>();

    UpstreamPool(Upstream upstream, HttpClient client, UpstreamConnections connections) {
        this.upstream = upstream;
        this.selector = new TargetSelector(upstream);
        this.client = client;
        this.young = client.getBean(YoungCalls.class);
        this.connections = connections;
    }

    /** Opens what is known of now, so that no request has to wait for it. */
    void open() {
        upstream.source().targets().forEach(this::endpoint);
    }

    /**
     * Where requests to a target go.
     *
     * @param origin scheme, host and port
     * @param host the field that names it
     * @param destination the connections
     */
    record Endpoint(URI origin, HttpField host, Destination destination) {}

    HttpClient client() {
        return client;
    }

    /** The calls on all connections of the client that have just begun. */
    YoungCalls young() {
        return young;
    }

    Upstream upstream() {
        return upstream;
    }

    TargetSelector selector() {
        return selector;
    }

    Endpoint endpoint(Target target) {
        Endpoint known = endpoints.get(target);
        return known != null ? known : endpoints.computeIfAbsent(target, this::open);
    }

    private Endpoint open(Target target) {
        if (target.scheme().equals("https")
                && UpstreamTls.DEFAULT.equals(upstream.tls())
                && client.getSslContextFactory() instanceof OnDemandTls tls) {
            // here, where no connection waits for it; for targets that are known at the start, then
            tls.load();
        }
        URI origin = URI.create(target.scheme() + "://" + target.host() + ":" + target.port());
        return new Endpoint(origin, RequestHeaderCopy.hostOf(target), connections.take(client, upstream, target));
    }

    /** Gives the connections back; nothing is sent any more. */
    void close() {
        endpoints.values().forEach(endpoint -> connections.giveBack(client, endpoint.destination()));
        endpoints.clear();
    }

    /** What makes connections to the same target different pools. Immutable but for what it makes on demand; thread-safe. */
    static final class Kind {

        private final int most;
        private final UpstreamTls tls;
        private @Nullable UpstreamContexts contexts;

        /**
         * Makes one.
         *
         * @param most the most connections to the target
         * @param tls whom the target may be, and who the gateway is to it
         */
        Kind(int most, UpstreamTls tls) {
            this.most = most;
            this.tls = tls;
        }

        /** The limit of a destination that a pool opened. */
        static int mostOf(Destination destination) {
            return destination.getOrigin().getTag() instanceof Kind kind ? kind.most : 1;
        }

        /** What makes TLS to a destination; null if nothing special does. */
        static @Nullable UpstreamContexts contextsOf(@Nullable Object destination) {
            return destination instanceof Destination known
                            && known.getOrigin().getTag() instanceof Kind kind
                            && !UpstreamTls.DEFAULT.equals(kind.tls)
                    ? kind.contexts()
                    : null;
        }

        private synchronized UpstreamContexts contexts() {
            UpstreamContexts known = contexts;
            if (known == null) {
                known = UpstreamContexts.start(tls);
                contexts = known;
            }
            return known;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Kind kind && most == kind.most && tls.equals(kind.tls);
        }

        @Override
        public int hashCode() {
            return 31 * most + tls.hashCode();
        }
    }
}
