package dev.lintel.filters.cors;

import dev.lintel.request.Authority;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The origins that may read answers: exact ones, subdomains of a domain, or all. Immutable and thread-safe. */
final class Origins {

    /** The rule for one entry, in words. */
    static final String RULE = "an origin such as https://app.example.com, one with *. before its domain, or * alone";

    static final Origins NONE = new Origins(Set.of(), List.of(), false);

    /**
     * Subdomains at any depth.
     *
     * @param start the scheme, as in {@code https://}
     * @param end the domain with a dot before it, and the port if there is one
     */
    private record Subdomains(String start, String end) {

        boolean contains(String origin) {
            int label = origin.length() - end.length();
            if (label <= start.length() || !origin.startsWith(start) || !origin.endsWith(end)) {
                return false;
            }
            return isHostName(origin.substring(start.length(), label));
        }
    }

    private final Set<String> exact;
    private final List<Subdomains> subdomains;
    private final boolean all;

    private Origins(Set<String> exact, List<Subdomains> subdomains, boolean all) {
        this.exact = exact;
        this.subdomains = subdomains;
        this.all = all;
    }

    /** Entries that {@link #isEntry} takes. */
    static Origins of(List<String> entries) {
        List<Subdomains> patterns = new ArrayList<>();
        for (String entry : entries) {
            int star = entry.indexOf("*.");
            if (star > 0) {
                patterns.add(new Subdomains(entry.substring(0, star), entry.substring(star + 1)));
            }
        }
        Set<String> exact =
                entries.stream().filter(entry -> entry.indexOf('*') < 0).collect(Collectors.toUnmodifiableSet());
        return new Origins(exact, List.copyOf(patterns), entries.contains("*"));
    }

    /** Whether a text is an entry as browsers would send it: in lower case, without a path, without the usual port. */
    static boolean isEntry(String text) {
        if (text.equals("*")) {
            return true;
        }
        int scheme = text.indexOf("://");
        if (scheme <= 0 || !isScheme(text.substring(0, scheme))) {
            return false;
        }
        String rest = text.substring(scheme + 3);
        boolean pattern = rest.startsWith("*.");
        String named = pattern ? rest.substring(2) : rest;
        Authority authority = Authority.parse(named);
        // the canonical text is what is compared with, so that it must be what was given
        if (authority == null || !authority.toString().equals(named) || isUsualPort(text, scheme, authority.port())) {
            return false;
        }
        // *.com would be everybody's
        return !pattern || authority.host().indexOf('.') > 0 && isHostName(authority.host());
    }

    /** Whether all origins are allowed, so that answers do not depend on them. */
    boolean areAll() {
        return all;
    }

    /** Whether an origin may read answers; it is compared as it is (Fetch standard, "CORS check"). */
    boolean allow(@Nullable String origin) {
        if (origin == null) {
            return false;
        }
        if (all || exact.contains(origin)) {
            return true;
        }
        for (Subdomains pattern : subdomains) {
            if (pattern.contains(origin)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isScheme(String text) {
        // an extension's scheme has hyphens
        return text.equals(text.toLowerCase(Locale.ROOT))
                && text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-');
    }

    private static boolean isUsualPort(String text, int scheme, int port) {
        return port == 80 && text.startsWith("http:") && scheme == 4
                || port == 443 && text.startsWith("https:") && scheme == 5;
    }

    /** Labels of lower-case letters, digits, hyphens and underscores. */
    private static boolean isHostName(String text) {
        boolean labelBegins = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (labelBegins) {
                    return false;
                }
                labelBegins = true;
            } else if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
                labelBegins = false;
            } else {
                return false;
            }
        }
        return !labelBegins;
    }
}
