package dev.lintel.filters.transform;

import dev.lintel.identity.IdentityHeaders;
import dev.lintel.option.Problems;
import dev.lintel.request.HeaderSelector;
import dev.lintel.request.HeaderSyntax;

/** Which fields may be changed here: none that frame a message, belong to its connection, or that the gateway writes. */
final class FieldNames {

    /** RFC 9110 section 7.6.1, RFC 9112 section 6. */
    private static final HeaderSelector MESSAGE = HeaderSelector.of(
            "Connection",
            "Content-Length",
            "Content-Encoding",
            "HTTP2-Settings",
            "Keep-Alive",
            "Proxy-Connection",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade",
            "Via");

    private static final HeaderSelector REQUEST = MESSAGE.or(HeaderSelector.of(
                    "Expect", "Forwarded", "Host", "Max-Forwards", "X-Forwarded-*", "X-Real-IP", "X-Request-Id"))
            .or(IdentityHeaders.DEFAULT.selector());

    private static final HeaderSelector RESPONSE = MESSAGE.or(HeaderSelector.of("Date", "X-Request-Id"));

    private static final HeaderSelector CONTAINERS = HeaderSelector.of("Content-Type", "Set-Cookie");

    private FieldNames() {}

    /** Whether applications have ways of their own to have a container write the field. */
    static boolean isWrittenByContainers(String name) {
        return CONTAINERS.matches(name);
    }

    static void checkRequest(String option, String name, Problems problems) {
        check(option, name, REQUEST, problems);
    }

    static void checkResponse(String option, String name, Problems problems) {
        check(option, name, RESPONSE, problems);
    }

    private static void check(String option, String name, HeaderSelector fixed, Problems problems) {
        boolean right = HeaderSyntax.isName(name) && HeaderSelector.isPattern(name) && !name.endsWith("*");
        problems.require(right, option, name, "a field name");
        problems.require(
                !right || !fixed.matches(name),
                option,
                name,
                "none that frames a message, belongs to its connection, or that the gateway itself writes");
    }
}
