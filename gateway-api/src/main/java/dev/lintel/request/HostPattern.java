package dev.lintel.request;

/**
 * Which hosts a route answers for: one ({@code api.example.com}), all below a domain ({@code *.example.com}, any number of
 * labels), or any. Compared without case. Immutable and thread-safe.
 */
public final class HostPattern {

    private static final HostPattern ANY = new HostPattern(Kind.ANY, "");

    /** How narrow a host pattern is, the most specific first. */
    public enum Kind {
        /** One host. */
        EXACT,
        /** Every host below a domain. */
        WILDCARD,
        /** Every host. */
        ANY
    }

    private final Kind kind;
    private final String name;

    private HostPattern(Kind kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    /** Every host. */
    public static HostPattern any() {
        return ANY;
    }

    /**
     * Parses a pattern.
     *
     * @param text a host name or address without a port, or {@code *.} followed by a domain
     * @return the pattern
     * @throws IllegalArgumentException if it is neither
     */
    public static HostPattern parse(String text) {
        boolean wildcard = text.startsWith("*.");
        String name = Authority.canonicalHost(wildcard ? text.substring(2) : text);
        if (name == null || wildcard && isAddress(name)) {
            throw new IllegalArgumentException("host: " + text + " (expected: a host name without port, or *.domain)");
        }
        return new HostPattern(wildcard ? Kind.WILDCARD : Kind.EXACT, name);
    }

    /** How narrow it is. */
    public Kind kind() {
        return kind;
    }

    /** The host or, for a wildcard, the domain; lower-case; empty for any. */
    public String name() {
        return name;
    }

    /** Whether a host, in lower case, is meant. */
    public boolean matches(String host) {
        return switch (kind) {
            case EXACT -> host.equals(name);
            case WILDCARD ->
                host.length() > name.length() + 1
                        && host.endsWith(name)
                        && host.charAt(host.length() - name.length() - 1) == '.';
            case ANY -> true;
        };
    }

    private static boolean isAddress(String name) {
        return name.startsWith("[") || IpAddress.parse(name) != null;
    }

    @Override
    public String toString() {
        return kind == Kind.ANY ? "*" : kind == Kind.WILDCARD ? "*." + name : name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostPattern pattern && pattern.kind == kind && pattern.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + kind.hashCode();
    }
}
