package dev.lintel.request;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which requests a route answers. Immutable and thread-safe.
 *
 * @param host the hosts
 * @param path the paths
 * @param methods the methods, upper-case as registered; empty for all. {@code GET} includes {@code HEAD}
 * @param conditions what header fields, query parameters and cookies must be; all of them
 * @param clients where requests must come from, one of them; empty for anywhere
 */
public record RequestMatcher(
        HostPattern host,
        PathPattern path,
        Set<String> methods,
        List<FieldCondition> conditions,
        List<AddressBlock> clients) {

    /** Copies the collections and adds {@code HEAD} to {@code GET}. */
    public RequestMatcher {
        Set<String> all = new TreeSet<>(methods);
        if (all.contains("GET")) {
            all.add("HEAD");
        }
        methods = java.util.Collections.unmodifiableSet(all);
        conditions = List.copyOf(conditions);
        clients = List.copyOf(clients);
    }

    /** A matcher for requests from anywhere. */
    public RequestMatcher(HostPattern host, PathPattern path, Set<String> methods, List<FieldCondition> conditions) {
        this(host, path, methods, conditions, List.of());
    }

    /** How many conditions there are; where requests come from is one. */
    public int conditionCount() {
        return conditions.size() + (clients.isEmpty() ? 0 : 1);
    }

    /** Whether a method is one of this matcher's. */
    public boolean acceptsMethod(String method) {
        return methods.isEmpty() || methods.contains(method);
    }

    /**
     * A text that two matchers share exactly if host and path match the same requests. Two that do not share it are
     * never equally specific on a request that both match.
     */
    public String shape() {
        return host + path.shape();
    }

    /**
     * Whether some request meets both matchers while neither is more specific: same host, same shape of path, a common
     * method, as many conditions, and no condition that rules out the other's.
     */
    public boolean isAmbiguousWith(RequestMatcher other) {
        return shape().equals(other.shape()) && conditionCount() == other.conditionCount() && overlaps(other);
    }

    private boolean overlaps(RequestMatcher other) {
        boolean commonMethod =
                methods.isEmpty() || other.methods.isEmpty() || methods.stream().anyMatch(other.methods::contains);
        boolean commonClient = clients.isEmpty()
                || other.clients.isEmpty()
                || clients.stream().anyMatch(mine -> other.clients.stream().anyMatch(mine::overlaps));
        return commonMethod
                && commonClient
                && conditions.stream()
                        .noneMatch(mine -> other.conditions.stream().anyMatch(mine::excludes));
    }
}
