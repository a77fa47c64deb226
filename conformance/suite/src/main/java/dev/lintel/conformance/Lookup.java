package dev.lintel.conformance;

import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What the names in the texts of one row stand for; remembers the secrets that were looked up. */
final class Lookup implements UnaryOperator<String> {

    private final Token token;
    private final Set<String> secrets = new HashSet<>();

    Lookup(Token token) {
        this.token = token;
    }

    @Override
    public String apply(String name) {
        if (name.startsWith("token:")) {
            return secret(Token.of(name.substring("token:".length())).compact());
        }
        return switch (name) {
            case "token" -> secret(token.compact());
            case "h" -> token.header();
            case "c" -> token.claims();
            case "s" -> secret(token.signature());
            case "key" -> secret(GatewayUnderTest.API_KEY);
            case "other-key" -> secret(GatewayUnderTest.OTHER_API_KEY);
            case "host" -> "gw";
            default -> name.startsWith("now") ? Token.time(name) : unknown(name);
        };
    }

    Set<String> secrets() {
        return Set.copyOf(secrets);
    }

    /** What names stand for within a token itself. */
    static String inToken(String name) {
        return name.equals("foreign-jwk")
                ? Keys.foreignJwk()
                : name.startsWith("now") ? Token.time(name) : unknown(name);
    }

    private static String unknown(String name) {
        throw new IllegalArgumentException("%{" + name + "} (expected: a name that is known)");
    }

    private String secret(String text) {
        if (text.length() > 8) {
            secrets.add(text);
        }
        return text;
    }
}
