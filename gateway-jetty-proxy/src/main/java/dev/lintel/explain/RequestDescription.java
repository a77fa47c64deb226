package dev.lintel.explain;

import static java.util.Objects.requireNonNull;

import dev.lintel.HeaderField;
import dev.lintel.request.HeaderSyntax;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that nobody has sent. Immutable and thread-safe.
 *
 * @param method the method
 * @param secure whether it comes over TLS
 * @param target the raw path and query, as they stand in the request line
 * @param headers the header fields in order, {@code Host} among them
 * @param peer the address at the other end of the connection
 * @param protocol the protocol, such as {@code HTTP/1.1} or {@code HTTP/2.0}
 * @param time when it comes; null for when it is explained
 */
public record RequestDescription(
        String method,
        boolean secure,
        String target,
        List<HeaderField> headers,
        String peer,
        String protocol,
        @Nullable Instant time) {

    /** More than any server takes in a request line by default. */
    private static final int LONGEST_TARGET = 16 * 1024;

    /** More than any server takes in a head by default. */
    private static final int LONGEST_FIELDS = 64 * 1024;

    private static final int MOST_FIELDS = 200;

    /** Checks that nothing could end a line, and that there is not too much of anything. */
    public RequestDescription {
        line("method", method, 64);
        line("target", target, LONGEST_TARGET);
        line("peer", peer, 256);
        line("protocol", protocol, 16);
        headers = headers.stream().map(RequestDescription::trimmed).toList();
        int length = 0;
        for (HeaderField field : headers) {
            line("header", field.name(), LONGEST_FIELDS);
            if (!HeaderSyntax.isName(field.name())) {
                throw new IllegalArgumentException("header: not shown (expected: a field name)");
            }
            line("value of " + field.name(), field.value(), LONGEST_FIELDS);
            length += field.name().length() + field.value().length();
        }
        if (headers.size() > MOST_FIELDS || length > LONGEST_FIELDS) {
            throw new IllegalArgumentException("headers: " + headers.size() + " fields of " + length
                    + " characters (expected: at most " + MOST_FIELDS + " of " + LONGEST_FIELDS + ")");
        }
    }

    /** Space around a value is not part of it (RFC 9110 section 5.5). */
    private static HeaderField trimmed(HeaderField field) {
        String value = field.value();
        int from = 0;
        int to = value.length();
        while (from < to && isSpace(value.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(value.charAt(to - 1))) {
            to--;
        }
        return new HeaderField(field.name(), value.substring(from, to));
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static void line(String option, String text, int longest) {
        requireNonNull(text, option);
        if (text.length() > longest || text.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new IllegalArgumentException(
                    option + ": not shown (expected: one line of at most " + longest + " characters)");
        }
    }

    /**
     * Describes a request over HTTP/1.1 from 127.0.0.1.
     *
     * @param method the method
     * @param url {@code http://host:port/path?query}, {@code https://...}, or a path, which is one of {@code http://localhost}. Taken
     *     byte for byte: what a browser would escape has to be escaped
     * @throws IllegalArgumentException if it could not be sent
     */
    public static RequestDescription of(String method, String url) {
        boolean https = url.regionMatches(true, 0, "https://", 0, 8);
        boolean http = url.regionMatches(true, 0, "http://", 0, 7);
        if (!https && !http) {
            return new RequestDescription(
                    method, false, url, List.of(new HeaderField("Host", "localhost")), "127.0.0.1", "HTTP/1.1", null);
        }
        int host = https ? 8 : 7;
        int end = host;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        String path = url.substring(end);
        String target = path.startsWith("/") ? path : "/" + path;
        HeaderField named = new HeaderField("Host", url.substring(host, end));
        return new RequestDescription(method, https, target, List.of(named), "127.0.0.1", "HTTP/1.1", null);
    }

    /** The same with one more header field; one named {@code Host} takes the place of the one before. */
    public RequestDescription header(String name, String value) {
        List<HeaderField> more = new ArrayList<>(headers);
        if (name.equalsIgnoreCase("Host")) {
            more.removeIf(field -> field.name().equalsIgnoreCase("Host"));
        }
        more.add(new HeaderField(name, value));
        return new RequestDescription(method, secure, target, more, peer, protocol, time);
    }

    /** The same from another address. */
    public RequestDescription from(String address) {
        return new RequestDescription(method, secure, target, headers, address, protocol, time);
    }

    /** The same over another protocol. */
    public RequestDescription over(String other) {
        return new RequestDescription(method, secure, target, headers, peer, other, time);
    }

    /** The same with or without TLS. */
    public RequestDescription secure(boolean tls) {
        return new RequestDescription(method, tls, target, headers, peer, protocol, time);
    }

    /** The same at another time of day. */
    public RequestDescription at(Instant when) {
        return new RequestDescription(method, secure, target, headers, peer, protocol, requireNonNull(when, "when"));
    }

    /** The raw path. */
    public String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    /** The raw query, or null. */
    public @Nullable String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? null : target.substring(mark + 1);
    }

    /** The values of a field, in order. */
    public List<String> values(String name) {
        return headers.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(HeaderField::value)
                .toList();
    }

    /** Neither fields nor query, in which credentials may be. */
    @Override
    public String toString() {
        return method + " " + path();
    }
}
