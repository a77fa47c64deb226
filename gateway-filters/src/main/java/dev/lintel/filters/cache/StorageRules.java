package dev.lintel.filters.cache;

import dev.lintel.Exchange;
import dev.lintel.HeaderChanges;
import dev.lintel.HeaderField;
import dev.lintel.filters.cache.CacheControl.Flag;
import dev.lintel.request.HeaderSelector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which answers may be kept, and what of them (RFC 9111 section 3), or rather fewer. */
final class StorageRules {

    /** More text in fields than answers of any use have. */
    static final int MOST_FIELDS = 16 * 1024;

    /** More fields than an answer can reasonably vary by. */
    static final int MOST_VARY = 8;

    /** Errors are not among them: whoever can bring one about must not have it answered to everybody. */
    private static final Set<Integer> UNDERSTOOD = Set.of(200, 203, 204, 300, 301, 302, 303, 307, 308, 404, 410);

    private static final Set<Integer> HEURISTIC = Set.of(200, 203, 204, 300, 301, 308, 404, 410);

    /** Of one connection, or told anew (RFC 9110 section 7.6.1, RFC 9111 section 3.1). */
    private static final HeaderSelector OF_CONNECTION = HeaderSelector.of(
            "Connection",
            "Keep-Alive",
            "Proxy-Connection",
            "Proxy-Authenticate",
            "Proxy-Authorization",
            "Proxy-Authentication-Info",
            "TE",
            "Transfer-Encoding",
            "Upgrade",
            "Age",
            "Content-Length");

    /** Of one exchange, as those who say them mean it: what it is called, where it went, how long it took, what is left to its client. */
    private static final HeaderSelector OF_EXCHANGE = HeaderSelector.of(
            "X-Request-Id",
            "Request-Id",
            "X-Correlation-Id",
            "X-Trace-Id",
            "Traceparent",
            "Tracestate",
            "Traceresponse",
            "B3",
            "X-B3-*",
            "X-Amzn-Trace-Id",
            "X-Amzn-Request-Id",
            "X-Amz-Request-Id",
            "X-Amz-Cf-Id",
            "X-Cloud-Trace-Context",
            "CF-Ray",
            "Server-Timing",
            "RateLimit*",
            "X-RateLimit-*");

    /** Never in an answer that is kept. */
    private static final HeaderSelector FORBIDDEN =
            HeaderSelector.of("Set-Cookie", "Set-Cookie2", "Authentication-Info", "Trailer");

    /** What it goes by: what a filter removes or replaces of these cannot be known. */
    private static final List<String> DECISIVE =
            List.of("Cache-Control", "Expires", "Pragma", "Vary", "Age", "Date", "Set-Cookie", "Content-Encoding");

    private StorageRules() {}

    /** What holds of the body that is kept, and is not taken from an answer without it (RFC 9111 section 3.2). */
    static boolean isOfBody(String name) {
        return name.equalsIgnoreCase("Content-Length")
                || name.equalsIgnoreCase("Content-Encoding")
                || name.equalsIgnoreCase("Content-Type")
                || name.equalsIgnoreCase("Content-Range");
    }

    /** What is of more than one exchange, and what no filter takes away. */
    static boolean isKept(HeaderField field, HeaderChanges changes) {
        return !OF_CONNECTION.matches(field.name())
                && !OF_EXCHANGE.matches(field.name())
                && !changes.hides(field.name());
    }

    static boolean isUnderstood(int status) {
        return UNDERSTOOD.contains(status);
    }

    static boolean mayGuess(int status) {
        return HEURISTIC.contains(status);
    }

    /** What an answer says of caches; {@code Pragma} counts where nothing else does (RFC 9111 section 5.4). */
    static CacheControl control(List<HeaderField> fields) {
        List<String> lines = ResponseHead.lines(fields, "Cache-Control");
        return CacheControl.parse(lines.isEmpty() ? ResponseHead.lines(fields, "Pragma") : lines);
    }

    /** Whether the fields of an answer forbid to keep it, whatever its status and freshness. */
    static boolean forbid(List<HeaderField> fields, CacheControl control, HeaderChanges changes) {
        int length = 0;
        for (HeaderField field : fields) {
            length += field.name().length() + field.value().length();
            if (FORBIDDEN.matches(field.name()) || length > MOST_FIELDS) {
                return true;
            }
        }
        for (String name : DECISIVE) {
            if (changes.hides(name)) {
                return true;
            }
        }
        return control.says(Flag.NO_STORE) || control.says(Flag.PRIVATE) || isStream(fields);
    }

    private static boolean isStream(List<HeaderField> fields) {
        String type = ResponseHead.first(fields, "Content-Type");
        String folded = type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
        return folded.startsWith("text/event-stream") || folded.startsWith("application/grpc");
    }

    /** Whether a request has come to be somebody's since it was let pass, or its answer was not what it should be. */
    static boolean isSpoilt(Exchange exchange) {
        return exchange.failure() != null
                || exchange.rejection() != null
                || exchange.caller() != null
                || exchange.isProlonged()
                || exchange.requestBytes() > 0
                || !exchange.hiddenQueryParameters().isEmpty()
                || exchange.attempts().stream()
                        .reduce((first, last) -> last)
                        .filter(last -> last.failure() != null || last.isOpenEnded())
                        .isPresent();
    }

    /** The fields that are kept: what is said of the answer itself, by whoever made it. */
    static List<HeaderField> kept(List<HeaderField> fields, HeaderChanges changes) {
        return ofMany(passed(fields, changes));
    }

    /** Without those that are of one exchange. */
    static List<HeaderField> ofMany(List<HeaderField> fields) {
        return fields.stream()
                .filter(field -> !OF_EXCHANGE.matches(field.name()))
                .toList();
    }

    /** The fields that one client gets: of no connection, and hidden by no filter. */
    static List<HeaderField> passed(List<HeaderField> fields, HeaderChanges changes) {
        Set<String> nominated = new HashSet<>();
        for (String line : ResponseHead.lines(fields, "Connection")) {
            for (String name : line.split(",", -1)) {
                nominated.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        List<HeaderField> passed = new ArrayList<>(fields.size());
        for (HeaderField field : fields) {
            String name = field.name();
            if (!OF_CONNECTION.matches(name)
                    && !changes.hides(name)
                    && !nominated.contains(name.toLowerCase(Locale.ROOT))) {
                passed.add(field);
            }
        }
        return List.copyOf(passed);
    }
}
