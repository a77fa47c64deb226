package dev.lintel.filters.accesslog;

import dev.lintel.filters.accesslog.AccessLogFilter.Query;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps credentials that travel in URLs out of the log: the values of parameters with certain names become {@code ***}.
 * Names are compared percent-decoded and without case, hyphens and underscores. Immutable and thread-safe.
 */
final class Redaction {

    private static final String MASK = "***";

    private final Query policy;
    private final Set<String> names = new HashSet<>();
    private final Set<String> credentials;
    /** What was made last: requests of one gateway all know the same names. */
    private volatile @Nullable Redaction knowing;

    Redaction(Query policy, Collection<String> names) {
        this.policy = policy;
        this.credentials = Set.of();
        addFolded(names);
    }

    private Redaction(Redaction base, Set<String> credentials) {
        this.policy = base.policy;
        this.names.addAll(base.names);
        this.credentials = credentials;
        addFolded(credentials);
    }

    private void addFolded(Collection<String> given) {
        for (String name : given) {
            names.add(fold(name, 0, name.length()));
        }
    }

    /** The same with more names: those under which the filters around a request take credentials, whether or not they ran. */
    Redaction knowing(Set<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Redaction last = knowing;
        if (last == null || last.credentials != more) {
            last = new Redaction(this, more);
            knowing = last;
        }
        return last;
    }

    /** A query as it is to be logged, or null if none is. */
    @Nullable
    String query(@Nullable String raw) {
        if (raw == null || policy == Query.NONE) {
            return null;
        }
        return policy == Query.FULL ? raw : masked(raw, 0, '&');
    }

    /** A raw path as it is to be logged: with the values of its parameters ({@code ;jsessionid=}) masked like a query's. */
    String path(String raw) {
        int semicolon = raw.indexOf(';');
        return semicolon < 0 || policy == Query.FULL ? raw : masked(raw, semicolon + 1, '/');
    }

    /** A URL that a client named, with path and query treated like the request's own, and a fragment like a query. */
    @Nullable
    String url(@Nullable String raw) {
        if (raw == null || policy == Query.FULL) {
            return raw;
        }
        int mark = 0;
        while (mark < raw.length() && raw.charAt(mark) != '?' && raw.charAt(mark) != '#') {
            mark++;
        }
        String path = path(raw.substring(0, mark));
        return mark == raw.length() || policy == Query.NONE ? path : path + masked(raw.substring(mark), 1, '&');
    }

    /**
     * A name begins after a separator, and after {@code ;}, {@code ?} and {@code #}, since some servers split there too. A masked
     * value ends at the separator only, since others take those into the value.
     */
    private String masked(String text, int from, char separator) {
        StringBuilder out = null;
        int copied = 0;
        int at = from;
        while (at < text.length()) {
            int nameEnd = at;
            while (nameEnd < text.length() && text.charAt(nameEnd) != '=' && !ends(text, nameEnd, separator)) {
                nameEnd++;
            }
            boolean hasValue = nameEnd < text.length() && text.charAt(nameEnd) == '=';
            if (hasValue && names.contains(fold(text, at, nameEnd))) {
                out = out == null ? new StringBuilder(text.length()) : out;
                out.append(text, copied, nameEnd + 1).append(MASK);
                int end = text.indexOf(separator, nameEnd);
                copied = end < 0 ? text.length() : end;
                at = copied + 1;
            } else {
                at = nameEnd;
                while (at < text.length() && !ends(text, at, separator)) {
                    at++;
                }
                at++;
            }
        }
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }

    private static boolean ends(String text, int at, char separator) {
        char c = text.charAt(at);
        return c == ';' || c == '?' || c == '#' || c == separator;
    }

    private static String fold(String text, int from, int to) {
        StringBuilder fold = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            int c = text.charAt(i);
            if (c == '%' && i + 2 < to) {
                int high = Character.digit(text.charAt(i + 1), 16);
                int low = Character.digit(text.charAt(i + 2), 16);
                if (high >= 0 && low >= 0) {
                    c = high * 16 + low;
                    i += 2;
                }
            }
            if (c == '[') {
                // name[] and name[0] are how lists are written
                break;
            }
            if (c < 128 && Character.isLetterOrDigit(c)) {
                fold.append((char) Character.toLowerCase(c));
            }
        }
        return fold.toString();
    }
}
