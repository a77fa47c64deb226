package dev.lintel.limit;

import static java.util.Objects.requireNonNull;

import dev.lintel.request.HeaderSyntax;

/**
 * One of the things that a limit counts by. Only what was verified counts as a caller's: a claim or a key that nobody has
 * checked is missing. Implementations are immutable and thread-safe.
 */
public sealed interface KeyPart {

    /** Whether the part is known only after authentication. */
    default boolean needsCaller() {
        return false;
    }

    /** The form used in init-params, such as {@code claim:sub}. */
    String text();

    /**
     * Where the request comes from ({@link dev.lintel.Exchange#client}), never missing. IPv6 addresses count by their
     * first bits ({@link LimitKey#ipv6Prefix}), since a host is given a whole network of them.
     */
    record Address() implements KeyPart {

        @Override
        public String text() {
            return "address";
        }
    }

    /** The API key with which the caller was verified. */
    record ApiKey() implements KeyPart {

        @Override
        public boolean needsCaller() {
            return true;
        }

        @Override
        public String text() {
            return "api-key";
        }
    }

    /** The consumer that the caller's key belongs to. */
    record Consumer() implements KeyPart {

        @Override
        public boolean needsCaller() {
            return true;
        }

        @Override
        public String text() {
            return "consumer";
        }
    }

    /**
     * A claim of the verified caller: a text, a number or a truth value; lists and objects count as missing. {@code sub}
     * is the caller's subject, however it was verified.
     *
     * @param path the claim's name, or a path with dots
     */
    record Claim(String path) implements KeyPart {

        /** Checks that there is a name. */
        public Claim {
            if (path.isBlank()) {
                throw new IllegalArgumentException("claim: " + path + " (expected: a name or a path with dots)");
            }
        }

        @Override
        public boolean needsCaller() {
            return true;
        }

        @Override
        public String text() {
            return "claim:" + path;
        }
    }

    /**
     * A header field of the request, all its lines. Clients write there what they like, unless a filter did; a field without
     * any text is missing.
     *
     * @param name the field's name
     */
    record Header(String name) implements KeyPart {

        /** Checks the name. */
        public Header {
            if (!HeaderSyntax.isName(name)) {
                throw new IllegalArgumentException("header: " + name + " (expected: a field name)");
            }
        }

        @Override
        public String text() {
            return "header:" + name;
        }
    }

    /** The route, never missing: requests without one count as those of a route without a name. */
    record RouteName() implements KeyPart {

        @Override
        public String text() {
            return "route";
        }
    }

    /** The method, never missing. HEAD counts as GET. */
    record Method() implements KeyPart {

        @Override
        public String text() {
            return "method";
        }
    }

    /**
     * Reads {@link #text}.
     *
     * @param text {@code address}, {@code api-key}, {@code consumer}, {@code claim:NAME}, {@code header:NAME},
     *     {@code route} or {@code method}
     * @throws IllegalArgumentException if it is something else
     */
    static KeyPart parse(String text) {
        requireNonNull(text, "text");
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon + 1);
        String name = text.substring(colon + 1).strip();
        return switch (kind) {
            case "address" -> new Address();
            case "api-key" -> new ApiKey();
            case "consumer" -> new Consumer();
            case "claim:" -> new Claim(name);
            case "header:" -> new Header(name);
            case "route" -> new RouteName();
            case "method" -> new Method();
            default ->
                throw new IllegalArgumentException("key: " + text
                        + " (expected: address, api-key, consumer, claim:NAME, header:NAME, route or method)");
        };
    }
}
