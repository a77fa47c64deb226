package dev.lintel.upstream;

import static java.util.Objects.requireNonNull;

import dev.lintel.option.Names;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.Problem;
import dev.lintel.option.Problems;
import dev.lintel.request.Authority;
import dev.lintel.request.HeaderSyntax;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A service behind the gateway: a name, its targets, and how one is chosen. Immutable and thread-safe. */
public final class Upstream {

    private final String name;
    private final TargetSource source;
    private final Supplier<LoadBalancer> balancing;
    private final HostHeader hostHeader;
    private final @Nullable String fixedHost;
    private final int maxConnections;
    private final Protocol protocol;
    private final UpstreamTls tls;

    private Upstream(Builder builder, TargetSource source, UpstreamTls tls) {
        this.name = builder.name;
        this.source = source;
        this.balancing = builder.balancing;
        this.hostHeader = builder.hostHeader;
        this.fixedHost = builder.fixedHost;
        this.maxConnections = builder.maxConnections;
        this.protocol = builder.protocol;
        this.tls = tls;
    }

    /** What the upstream sees as {@code Host}. */
    public enum HostHeader {
        /** The target's own host and port. */
        TARGET,
        /** What the client sent. */
        PRESERVED,
        /** A fixed value. */
        FIXED
    }

    /** How requests travel to the targets. */
    public enum Protocol {
        /** HTTP/1.1, in clear text or over TLS. */
        H1,
        /** HTTP/2 over TLS, chosen by ALPN (RFC 9113 section 3.2); for {@code https} targets. */
        H2,
        /** HTTP/2 in clear text, known without being negotiated (RFC 9113 section 3.3); for {@code http} targets. */
        H2C;

        /** Whether a target can be spoken to so. */
        public boolean serves(Target target) {
            return this == H1 || target.scheme().equals(this == H2 ? "https" : "http");
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String rule() {
            return this == H2 ? "https targets" : "http targets; h2 for https ones";
        }
    }

    /**
     * Starts the description of an upstream.
     *
     * @param name letters, digits, {@code -}, {@code _} and {@code .}; unique in a gateway
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** What an upstream can be told, beside its name. */
    public static OptionCatalogue catalogue() {
        return UpstreamCatalogue.ALL;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Where its targets come from. */
    public TargetSource source() {
        return source;
    }

    /** A new balancer of the kind this upstream uses. */
    public LoadBalancer newLoadBalancer() {
        return balancing.get();
    }

    /** What the upstream sees as {@code Host}. */
    public HostHeader hostHeader() {
        return hostHeader;
    }

    /** The fixed {@code Host}, or null unless {@link #hostHeader()} is {@link HostHeader#FIXED}. */
    public @Nullable String fixedHost() {
        return fixedHost;
    }

    /** The most connections to one target, 1 to 65535. */
    public int maxConnections() {
        return maxConnections;
    }

    /** How requests travel to the targets. */
    public Protocol protocol() {
        return protocol;
    }

    /** Whom its {@code https} targets may be, and who the gateway is to them. */
    public UpstreamTls tls() {
        return tls;
    }

    @Override
    public String toString() {
        return name + " " + source.targets();
    }

    /** Describes an upstream. Not thread-safe. */
    public static final class Builder {

        private final String name;
        private final List<String> targets = new ArrayList<>();
        private @Nullable TargetSource source;
        private Supplier<LoadBalancer> balancing = LoadBalancer::roundRobin;
        private HostHeader hostHeader = HostHeader.TARGET;
        private @Nullable String fixedHost;
        private int maxConnections =
                UpstreamCatalogue.MAX_CONNECTIONS.otherwise().intValue();
        private Protocol protocol = UpstreamCatalogue.PROTOCOL.otherwise();
        private UpstreamTls.@Nullable Builder tls;

        private Builder(String name) {
            this.name = requireNonNull(name, "name");
        }

        /** The name given. */
        public String name() {
            return name;
        }

        /**
         * Adds a target.
         *
         * @param url {@code http://host[:port][/base]}, or the same with {@code https}
         */
        public Builder target(String url) {
            targets.add(requireNonNull(url, "url"));
            return this;
        }

        /** Takes targets from a source instead of a fixed list. */
        public Builder targets(TargetSource source) {
            this.source = requireNonNull(source, "source");
            return this;
        }

        /** How one of several targets is chosen; each in turn by default. */
        public Builder loadBalancer(Supplier<LoadBalancer> balancing) {
            this.balancing = requireNonNull(balancing, "balancing");
            return this;
        }

        /** Passes on the {@code Host} that the client sent. */
        public Builder preserveHost() {
            this.hostHeader = HostHeader.PRESERVED;
            this.fixedHost = null;
            return this;
        }

        /** Sends a fixed {@code Host}, as given. */
        public Builder host(String host) {
            this.hostHeader = HostHeader.FIXED;
            this.fixedHost = requireNonNull(host, "host");
            return this;
        }

        /** The most connections to one target; 256 by default. */
        public Builder maxConnections(int connections) {
            this.maxConnections = connections;
            return this;
        }

        /** How requests travel to the targets; {@link Protocol#H1} by default. */
        public Builder protocol(Protocol protocol) {
            this.protocol = requireNonNull(protocol, "protocol");
            return this;
        }

        /**
         * Whom {@code https} targets may be, and who the gateway is to them; by default whoever has a certificate for the target's
         * host from an authority that the JVM trusts. Files are read when the upstream is built.
         */
        public Builder tls(UpstreamTls.Builder trust) {
            this.tls = requireNonNull(trust, "trust");
            return this;
        }

        /**
         * Checks and makes the upstream.
         *
         * @throws dev.lintel.option.GatewayException with every problem
         */
        public Upstream build() {
            Problems problems = new Problems();
            Upstream upstream = build(problems);
            problems.throwIfAny("upstream " + name);
            return requireNonNull(upstream);
        }

        /**
         * Makes the upstream, noting problems instead of throwing.
         *
         * @param problems where they are noted
         * @return the upstream, or null if there was a problem
         */
        public @Nullable Upstream build(Problems problems) {
            Problems own = new Problems();
            own.require(Names.areValid(name), "name", name, Names.RULE);
            Set<Target> parsed = new LinkedHashSet<>();
            for (String url : targets) {
                try {
                    own.require(parsed.add(Target.parse(url)), "target", url, "each target once");
                } catch (IllegalArgumentException malformed) {
                    own.add("target", shown(url), "http://host[:port][/base] or https://host[:port][/base]");
                }
            }
            own.require(source != null || !targets.isEmpty(), "target", "none", "at least one target, or a source");
            own.require(source == null || targets.isEmpty(), "targets", "both", "either a source or fixed targets");
            own.require(isHostField(fixedHost), "host", shownHost(fixedHost), "host[:port]");
            for (Target target : parsed) {
                own.require(protocol.serves(target), "protocol", protocol.word(), protocol.rule());
            }
            UpstreamCatalogue.MAX_CONNECTIONS.check((long) maxConnections, own);
            UpstreamTls trust = trust(parsed, own);
            List<Problem> found = own.list();
            problems.addAll(name, found);
            TargetSource from = source == null ? TargetSource.of(List.copyOf(parsed)) : source;
            return found.isEmpty() ? new Upstream(this, from, requireNonNull(trust)) : null;
        }

        private @Nullable UpstreamTls trust(Set<Target> parsed, Problems own) {
            if (tls == null) {
                return UpstreamTls.DEFAULT;
            }
            boolean secure = parsed.stream().allMatch(target -> target.scheme().equals("https"));
            own.require(secure, "tls", "with http targets", "https targets");
            Problems inner = new Problems();
            UpstreamTls trust = tls.build(inner);
            own.addAll("tls", inner.list());
            return trust;
        }

        private static boolean isHostField(@Nullable String host) {
            return host == null || Authority.parse(host) != null;
        }

        /** A host as given, unless it could break out of a message. */
        private static String shownHost(@Nullable String host) {
            return host == null || !HeaderSyntax.isValue(host) ? "not shown" : host;
        }

        /** A URL as given, unless it has a user part, which may hold a password. */
        private static String shown(String url) {
            return url.indexOf('@') < 0 ? url : "URL with a user";
        }
    }
}
