package dev.lintel.filters.apikey;

import dev.lintel.Exchange;
import dev.lintel.filter.AuthenticatingFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.filter.Verdict;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.option.Problems;
import dev.lintel.reject.Rejection;
import dev.lintel.request.HeaderSelector;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests pass that carry the API key of a known consumer, and tells services whose it was. Keys are known by their
 * SHA-256 alone. Without a key or with a wrong one: 401; with more than one: 400; together with another caller's
 * credential: 403. Thread-safe.
 */
public final class ApiKeyAuthFilter extends AuthenticatingFilter implements NonWaiting {

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
    public OptionCatalogue catalogue() {
        return ApiKeyCatalogue.ALL;
    }

    @Override
    protected void configure(OptionReader reader) {
        ApiKeyOptions options = ApiKeyAuthFilterBuilder.read(reader);
        if (reader.problems().isEmpty()) {
            rules = new ApiKeyRules(options);
        }
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
    public Verdict decide(Exchange exchange, HttpServletRequest request) {
        return rules.decide(
                inHeader(request),
                PresentedKey.inQuery(exchange, rules.options().queryParameter()));
    }

    @Override
    public Verdict foresee(Exchange exchange, HttpServletRequest request) {
        return decide(exchange, request);
    }

    @Override
    public @Nullable Rejection challenge() {
        return rules.keyMissing();
    }

    @Override
    public String credentialField() {
        return rules.options().header();
    }

    /** A key that is not accepted here, and other spellings of its field, go no further either. */
    @Override
    public void withhold(Exchange exchange, Verdict verdict) {
        rules.hideKey(exchange);
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

    /** Tells how many keys there are, none of them. */
    @Override
    public String toString() {
        return "ApiKeyAuthFilter[" + rules.options().keys().size() + " keys in "
                + rules.options().header() + "]";
    }
}
