package dev.lintel.filters.jwt;

import dev.lintel.Exchange;
import dev.lintel.HeaderChanges;
import dev.lintel.HeaderField;
import dev.lintel.filter.Verdict;
import dev.lintel.identity.Caller;
import dev.lintel.identity.IdentityHeaders;
import dev.lintel.request.HeaderSelector;
import jakarta.servlet.http.HttpServletRequest;

/** A good token of a caller who may pass, as one request presents it. */
record AdmittedToken(VerifiedToken token, BearerCredential credential, JwtOptions options) implements Verdict.Accepted {

    private static final HeaderSelector AUTHORIZATION = HeaderSelector.of("Authorization");

    @Override
    public Caller caller() {
        return token.caller();
    }

    @Override
    public void apply(Exchange exchange, HttpServletRequest request) {
        IdentityHeaders identity = exchange.settings().identityHeaders();
        HeaderChanges headers = exchange.requestHeaders();
        String userId = options.userIdHeader();
        headers.set(userId == null ? identity.userId() : userId, token.caller().subject());
        if (token.roles() != null) {
            String userRole = options.userRoleHeader();
            headers.set(userRole == null ? identity.userRole() : userRole, token.roles());
        }
        for (HeaderField field : token.forwarded()) {
            headers.set(field.name(), field.value());
        }
        credential.remember(request);
        // In every spelling of the field: only what was verified may go on.
        headers.remove(AUTHORIZATION);
        if (options.forwardToken() && credential.line() != null) {
            headers.set("Authorization", credential.line());
        }
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "AdmittedToken[" + token + "]";
    }
}
