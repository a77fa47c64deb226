package dev.lintel.request;

import org.jspecify.annotations.Nullable;

/**
 * A condition on a header field, a query parameter or a cookie: that it is there, or that it has one value. Immutable and
 * thread-safe.
 *
 * @param kind where to look
 * @param name the header field's name (compared without case), the parameter's (compared exactly, decoded) or the cookie's (compared
 *     exactly)
 * @param value the value to equal, or null if presence is enough
 */
public record FieldCondition(
        Kind kind, String name, @Nullable String value) {

    /** Where a condition looks. */
    public enum Kind {
        /** A request header field. */
        HEADER,
        /** A parameter in the query text. */
        QUERY,
        /** A cookie. */
        COOKIE
    }

    /** Checks the name. */
    public FieldCondition {
        if (kind == Kind.QUERY ? name.isEmpty() : !HeaderSyntax.isName(name)) {
            throw new IllegalArgumentException(kind + " name: " + name + " (expected: a field or parameter name)");
        }
    }

    /** Whether this and another condition look at the same field or parameter. */
    public boolean isOnSame(FieldCondition other) {
        return kind == other.kind
                && (kind == Kind.HEADER ? name.equalsIgnoreCase(other.name) : name.equals(other.name));
    }

    /** Whether no request can meet both this and another condition. */
    boolean excludes(FieldCondition other) {
        return isOnSame(other) && value != null && other.value != null && !value.equals(other.value);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + " " + name + (value == null ? "" : "=" + value);
    }
}
