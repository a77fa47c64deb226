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
 * @param conditions what header fields and query parameters must be; all of them
 */
public record RequestMatcher(HostPattern host, PathPattern path, Set<String> methods, List<FieldCondition> conditions) {

    /** Copies the collections and adds {@code HEAD} to {@code GET}. */
    public RequestMatcher {
        Set<String> all = new TreeSet<>(methods);
        if (all.contains("GET")) {
            all.add("HEAD");
        }
        methods = java.util.Collections.unmodifiableSet(all);
        conditions = List.copyOf(conditions);
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
        return shape().equals(other.shape()) && conditions.size() == other.conditions.size() && overlaps(other);
    }

    private boolean overlaps(RequestMatcher other) {
        boolean commonMethod =
                methods.isEmpty() || other.methods.isEmpty() || methods.stream().anyMatch(other.methods::contains);
        return commonMethod
                && conditions.stream()
                        .noneMatch(mine -> other.conditions.stream().anyMatch(mine::excludes));
    }
}
