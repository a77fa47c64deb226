package dev.lintel.filters.jwt;

import dev.lintel.request.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * The bearer token that a request presents in its {@code Authorization} field (RFC 6750 section 2.1). Tokens elsewhere, in
 * query, body or cookies, are not accepted; one in the query beside one in the field makes the request malformed (section
 * 2), since an upstream might believe the other.
 */
final class BearerCredential {

    private static final BearerCredential NONE = new BearerCredential(null, 0, false);
    private static final BearerCredential MALFORMED = new BearerCredential(null, 0, true);

    /** Under this attribute a credential outlives its field, which is hidden once the token is accepted. */
    private static final String ATTRIBUTE = "dev.lintel.filters.jwt.credential";

    private static final String FIELD = "Authorization";
    private static final String SCHEME = "Bearer";
    private static final String QUERY_PARAMETER = "access_token";

    private final @Nullable String line;
    private final int start;
    private final boolean malformed;

    private BearerCredential(@Nullable String line, int start, boolean malformed) {
        this.line = line;
        this.start = start;
        this.malformed = malformed;
    }

    /** What the request presents, even if its field was hidden by {@link #remember} in the meantime. */
    static BearerCredential of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof BearerCredential remembered) {
            return remembered;
        }
        @Nullable Enumeration<String> lines = request.getHeaders(FIELD);
        if (lines == null || !lines.hasMoreElements()) {
            return NONE;
        }
        String line = lines.nextElement();
        if (lines.hasMoreElements()) {
            return MALFORMED;
        }
        int length = SCHEME.length();
        boolean bearer = line.regionMatches(true, 0, SCHEME, 0, length)
                && (line.length() == length || line.charAt(length) == ' ');
        if (!bearer) {
            return NONE;
        }
        int start = length;
        while (start < line.length() && line.charAt(start) == ' ') {
            start++;
        }
        if (line.indexOf(',', start) >= 0
                || !QueryParameters.values(request.getQueryString(), QUERY_PARAMETER)
                        .isEmpty()) {
            return MALFORMED;
        }
        return new BearerCredential(line, start, false);
    }

    /** Keeps the credential for filters that come later in the same request, or after a forward. */
    void remember(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** Whether more than one credential was presented. */
    boolean isMalformed() {
        return malformed;
    }

    /** The whole value of the field, with the scheme; null if no token was presented. */
    @Nullable
    String line() {
        return line;
    }

    /** Where in the line the token begins, which is unchecked and possibly empty. */
    int start() {
        return start;
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "BearerCredential";
    }
}
