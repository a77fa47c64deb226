package dev.lintel.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where Redis is: {@code redis://[[user:]password@]host[:port][/database]}, with {@code rediss} for TLS;
 * {@code redis-sentinel://host[:port],...[/database]#name} for the main server that Sentinels name; {@code redis-cluster://host[:port],...} for a
 * cluster; both with {@code rediss-} for TLS. Immutable and thread-safe.
 */
final class RedisAddress {

    static final String RULE = "redis://, rediss://, redis-sentinel://, rediss-sentinel://, redis-cluster:// or "
            + "rediss-cluster://, then [[user:]password@]host[:port], more of them after commas for the last four, and #name "
            + "of what Sentinels watch";

    /** Stands for an address that was not given. */
    static final RedisAddress NOWHERE = new RedisAddress(List.of(), false, "nowhere");

    private static final Set<String> KINDS =
            Set.of("redis", "rediss", "redis-sentinel", "rediss-sentinel", "redis-cluster", "rediss-cluster");

    private final List<String> texts;
    private final boolean cluster;
    private final String shown;

    private RedisAddress(List<String> texts, boolean cluster, String shown) {
        this.texts = texts;
        this.cluster = cluster;
        this.shown = shown;
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it is none; without a word of it, since it may hold a password
     */
    static RedisAddress parse(String text) {
        int colon = text.indexOf("://");
        String kind = colon < 0 ? "" : text.substring(0, colon);
        if (!KINDS.contains(kind)) {
            throw new IllegalArgumentException(RULE);
        }
        String rest = text.substring(colon + 3);
        int at = rest.lastIndexOf('@');
        String user = at < 0 ? "" : rest.substring(0, at + 1);
        String hosts = rest.substring(at + 1);
        boolean cluster = kind.endsWith("-cluster");
        List<String> texts = new ArrayList<>();
        if (cluster) {
            String scheme = kind.substring(0, kind.indexOf('-'));
            for (String host : hosts.split(",", -1)) {
                texts.add(scheme + "://" + user + host);
            }
        } else {
            texts.add(text);
        }
        RedisAddress address =
                new RedisAddress(List.copyOf(texts), cluster, kind + "://" + hosts.replaceFirst("\\?.*", ""));
        address.check();
        return address;
    }

    /** Whether {@link #parse} reads it. */
    static boolean isAddress(String text) {
        try {
            return !parse(text).texts.isEmpty();
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private void check() {
        List<RedisURI> uris;
        try {
            uris = uris(Duration.ofSeconds(1));
        } catch (RuntimeException wrong) {
            throw new IllegalArgumentException(RULE);
        }
        for (RedisURI uri : uris) {
            boolean sentinel = !uri.getSentinels().isEmpty();
            boolean named = uri.getSentinelMasterId() != null;
            boolean placed = sentinel || uri.getHost() != null && !uri.getHost().isBlank();
            if (sentinel != named || !placed) {
                throw new IllegalArgumentException(RULE);
            }
        }
    }

    /** In the client's own terms. */
    List<RedisURI> uris(Duration timeout) {
        List<RedisURI> uris = new ArrayList<>(texts.size());
        for (String text : texts) {
            RedisURI uri = RedisURI.create(text);
            if (uri.isSsl()) {
                uri.setVerifyPeer(SslVerifyMode.FULL);
            }
            uri.setTimeout(timeout);
            uri.setClientName("lintel");
            uris.add(uri);
        }
        return uris;
    }

    /** The hosts that are spoken to without TLS. */
    List<String> clearTextHosts() {
        List<String> hosts = new ArrayList<>();
        for (RedisURI uri : uris(Duration.ofSeconds(1))) {
            List<RedisURI> places = uri.getSentinels().isEmpty() ? List.of(uri) : uri.getSentinels();
            places.stream().filter(place -> !uri.isSsl()).map(RedisURI::getHost).forEach(hosts::add);
        }
        return List.copyOf(hosts);
    }

    /** Whether it is a cluster. */
    boolean isCluster() {
        return cluster;
    }

    /** Hosts and ports, without credentials. */
    @Override
    public String toString() {
        return shown;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RedisAddress that && texts.equals(that.texts) && cluster == that.cluster;
    }

    @Override
    public int hashCode() {
        return texts.hashCode();
    }
}
