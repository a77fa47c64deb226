package dev.lintel.filters.apikey;

import dev.lintel.Exchange;
import dev.lintel.request.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request shows as its API key. */
sealed interface PresentedKey {

    /** Nothing. */
    record Missing() implements PresentedKey {}

    /** More than one key: two lines, a list, or a header field and a query parameter. */
    record Ambiguous() implements PresentedKey {}

    /** Something that cannot be a key: empty, too long, or with characters that no key has. */
    record Unusable() implements PresentedKey {}

    /** Something that may be a key. */
    record Given(KeyDigest digest) implements PresentedKey {}

    /** What a header field has. */
    static PresentedKey inHeader(HttpServletRequest request, String header) {
        Enumeration<String> lines = request.getHeaders(header);
        if (!lines.hasMoreElements()) {
            return new Missing();
        }
        String line = lines.nextElement();
        return lines.hasMoreElements() || line.indexOf(',') >= 0 ? new Ambiguous() : key(line);
    }

    /** What a parameter of the query that the client sent has; nothing if there is no such parameter. */
    static PresentedKey inQuery(Exchange exchange, @Nullable String parameter) {
        List<String> values = parameter == null ? List.of() : QueryParameters.values(exchange.query(), parameter);
        return switch (values.size()) {
            case 0 -> new Missing();
            // each octet of an ASCII key takes at most three characters
            case 1 ->
                values.get(0).length() > 3 * KeyDigest.LONGEST_KEY
                        ? new Unusable()
                        : key(QueryParameters.decoded(values.get(0)));
            default -> new Ambiguous();
        };
    }

    /** What two places show together. */
    default PresentedKey and(PresentedKey other) {
        if (other instanceof Missing) {
            return this;
        }
        return this instanceof Missing ? other : new Ambiguous();
    }

    private static PresentedKey key(@Nullable String text) {
        KeyDigest digest = text == null ? null : KeyDigest.ofKey(text);
        return digest == null ? new Unusable() : new Given(digest);
    }
}
