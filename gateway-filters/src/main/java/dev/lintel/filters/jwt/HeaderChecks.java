package dev.lintel.filters.jwt;

import dev.lintel.identity.IdentityHeaders;
import dev.lintel.option.Problems;
import dev.lintel.request.HeaderSelector;
import java.util.ArrayList;
import java.util.List;

/** Checks the names of header fields that claims are written to. */
final class HeaderChecks {

    /** Fields that frame, route or authenticate a message, or that others write; a claim in one would change its meaning. */
    private static final HeaderSelector TAKEN = HeaderSelector.of(
            "Authorization",
            "Proxy-*",
            "Connection",
            "Keep-Alive",
            "Content-*",
            "Transfer-Encoding",
            "TE",
            "Trailer",
            "Upgrade",
            "Host",
            "Expect",
            "Cookie",
            "Forwarded",
            "X-Forwarded-*",
            "Via");

    private HeaderChecks() {}

    /** The claims to pass on, as far as they are all right. */
    static List<ClaimHeader> check(JwtAuthFilterBuilder from, Problems problems) {
        List<String> used = new ArrayList<>();
        String userId = from.userIdHeader;
        String userRole = from.userRoleHeader;
        used.add(userId == null ? IdentityHeaders.DEFAULT.userId() : userId);
        used.add(userRole == null ? IdentityHeaders.DEFAULT.userRole() : userRole);
        if (userId != null) {
            name("userIdHeader", userId, userId, List.of(used.get(1)), problems);
        }
        if (userRole != null) {
            name("userRoleHeader", userRole, userRole, List.of(used.get(0)), problems);
        }
        List<ClaimHeader> claims = new ArrayList<>();
        for (String forwarded : from.forwardClaims) {
            // The last colon: a claim's name may be a URL.
            int colon = forwarded.lastIndexOf(':');
            if (colon <= 0) {
                problems.add("forwardClaims", forwarded, "claim:Header-Name");
                continue;
            }
            String header = forwarded.substring(colon + 1).strip();
            name("forwardClaims", forwarded, header, used, problems);
            used.add(header);
            claims.add(new ClaimHeader(forwarded.substring(0, colon).strip(), header));
        }
        return claims;
    }

    private static void name(String option, String value, String header, List<String> used, Problems problems) {
        if (header.endsWith("*") || !HeaderSelector.isPattern(header)) {
            problems.add(option, value, "the name of a header field");
        } else if (TAKEN.matches(header)) {
            problems.add(option, value, "a header field that has no meaning of its own");
        } else if (used.stream().anyMatch(other -> HeaderSelector.sameFolded(other, header))) {
            problems.add(option, value, "a header field for each claim");
        }
    }
}
