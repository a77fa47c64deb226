package dev.lintel.filters.apikey;

import dev.lintel.Exchange;
import dev.lintel.HeaderChanges;
import dev.lintel.Stage;
import dev.lintel.filter.LintelFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.identity.Caller;
import dev.lintel.identity.IdentityHeaders;
import dev.lintel.option.OptionReader;
import dev.lintel.option.Problems;
import dev.lintel.request.HeaderSelector;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests pass that carry the API key of a known consumer, and tells services whose it was. Keys are known by their
 * SHA-256 alone. Without a key or with a wrong one: 401; with more than one: 400; together with another caller's
 * credential: 403. Thread-safe.
 */
public final class ApiKeyAuthFilter extends LintelFilter implements NonWaiting {

    private ApiKeyRules rules;

    /** For {@code web.xml}: the options come from init-params. */
    public ApiKeyAuthFilter() {
        super(false);
        this.rules = new ApiKeyRules(ApiKeyOptions.CLOSED);
    }

    ApiKeyAuthFilter(ApiKeyOptions options) {
        super(true);
        this.rules = new ApiKeyRules(options);
    }

    /** Starts the description of a filter. */
    public static ApiKeyAuthFilterBuilder builder() {
        return new ApiKeyAuthFilterBuilder(new Problems());
    }

    @Override
    protected void configure(OptionReader reader) {
        ApiKeyOptions options = ApiKeyAuthFilterBuilder.read(reader);
        if (reader.problems().isEmpty()) {
            rules = new ApiKeyRules(options);
        }
    }

    @Override
    public Stage stage() {
        return Stage.AUTHENTICATION;
    }

    @Override
    public HeaderSelector ownedRequestHeaders() {
        return rules.ownedHeaders();
    }

    @Override
    public Set<String> credentialNames() {
        String parameter = rules.options().queryParameter();
        String header = rules.options().header();
        return parameter == null || parameter.equals(header) ? Set.of(header) : Set.of(header, parameter);
    }

    @Override
    protected boolean actsAgainOnForward() {
        return true;
    }

    @Override
    protected void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        PresentedKey inHeader = inHeader(request);
        PresentedKey presented =
                inHeader.and(PresentedKey.inQuery(exchange, rules.options().queryParameter()));
        ApiKeyDecision decision = rules.decide(presented, exchange.caller());
        if (decision instanceof ApiKeyDecision.Refused refused) {
            hideKey(exchange);
            reject(exchange, request, response, refused.rejection());
            return;
        }
        hideForeignIdentity(exchange);
        String toForward =
                rules.options().forwardKey() ? request.getHeader(rules.options().header()) : null;
        if (decision instanceof ApiKeyDecision.Accepted accepted) {
            accept(exchange, accepted.caller(), toForward);
        } else {
            hideKey(exchange);
        }
        request.setAttribute(rules.memory(), inHeader);
        chain.doFilter(request, response);
    }

    /**
     * What the header field shows. A filter of this class that came before may have hidden it; what that one saw still
     * counts, for another set of keys and for the path that the request was forwarded to.
     */
    private PresentedKey inHeader(HttpServletRequest request) {
        PresentedKey inHeader = PresentedKey.inHeader(request, rules.options().header());
        return inHeader instanceof PresentedKey.Missing
                        && request.getAttribute(rules.memory()) instanceof PresentedKey remembered
                ? remembered
                : inHeader;
    }

    private void accept(Exchange exchange, Caller caller, @Nullable String toForward) {
        if (!rules.options().forwardKey()) {
            hideKey(exchange);
        } else {
            // other spellings of the field may hold other keys
            exchange.requestHeaders().remove(rules.keyHeaders());
            if (toForward != null) {
                exchange.requestHeaders().set(rules.options().header(), toForward);
            }
        }
        exchange.caller(caller);
        if (caller.consumer() != null) {
            exchange.requestHeaders().set(rules.options().consumerHeader(), caller.consumer());
        }
    }

    private void hideKey(Exchange exchange) {
        exchange.requestHeaders().remove(rules.keyHeaders());
        exchange.requestHeaders().forget(rules.options().header());
        if (rules.options().queryParameter() != null) {
            exchange.hideQueryParameter(rules.options().queryParameter());
        }
    }

    /** Tells how many keys there are, none of them. */
    @Override
    public String toString() {
        return "ApiKeyAuthFilter[" + rules.options().keys().size() + " keys in "
                + rules.options().header() + "]";
    }

    /** Whoever authenticates vouches for the identity that goes on; alone this filter has to see to it. */
    private static void hideForeignIdentity(Exchange exchange) {
        IdentityHeaders identity = exchange.settings().identityHeaders();
        HeaderChanges headers = exchange.requestHeaders();
        if (!headers.hides(identity.userId()) || !headers.hides(identity.userRole())) {
            headers.remove(identity.selector());
        }
    }
}
