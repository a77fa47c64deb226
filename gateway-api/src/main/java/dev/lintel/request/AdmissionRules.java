package dev.lintel.request;

import java.util.Set;

/**
 * The relaxations of the rules by which requests are admitted. Immutable and thread-safe.
 *
 * @param methods every method that is admitted; {@code CONNECT} and {@code TRACE} never are
 * @param underscoresInHeaderNames whether header names may have underscores, which CGI-like services cannot tell from
 *     hyphens
 * @param sessionIdInPath whether a trailing {@code ;jsessionid=} is ignored when matching
 */
public record AdmissionRules(Set<String> methods, boolean underscoresInHeaderNames, boolean sessionIdInPath) {

    /** The methods of RFC 9110 and RFC 5789 that a gateway forwards. */
    public static final Set<String> COMMON_METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");

    /** The default: the common methods, nothing relaxed. */
    public static final AdmissionRules STRICT = new AdmissionRules(COMMON_METHODS, false, false);

    /** Copies the methods. */
    public AdmissionRules {
        methods = Set.copyOf(methods);
    }
}
