package dev.lintel.filters.iprules;

import dev.lintel.Exchange;
import dev.lintel.Stage;
import dev.lintel.filter.LintelFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.filter.Predictable;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.reject.Rejection;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests through by the client's address, as far as it can be believed: that of the connection, or what trusted
 * proxies say. IPv4 addresses and IPv4-mapped IPv6 ones are the same. Refuses the others with 403. Thread-safe.
 */
public final class IpRulesFilter extends LintelFilter implements NonWaiting, Predictable {

    private static final Rejection REFUSAL =
            Rejection.client(403, "address-not-allowed", "Requests from this address are not allowed here.");

    private IpRules rules;

    /** For {@code web.xml}: the options are the init-params. */
    public IpRulesFilter() {
        super(false);
        this.rules = IpRules.NONE;
    }

    IpRulesFilter(IpRules rules) {
        super(true);
        this.rules = rules;
    }

    /** Begins the description of a filter. */
    public static IpRulesFilterBuilder builder() {
        return new IpRulesFilterBuilder();
    }

    /** Anywhere: who limits an administration page by address puts it on that route. */
    @Override
    public @Nullable Stage stage() {
        return null;
    }

    @Override
    public OptionCatalogue catalogue() {
        return IpRulesCatalogue.ALL;
    }

    @Override
    protected void configure(OptionReader params) {
        rules = builder()
                .allow(params.value(IpRulesCatalogue.ALLOW).toArray(String[]::new))
                .deny(params.value(IpRulesCatalogue.DENY).toArray(String[]::new))
                .options(params.problems());
    }

    @Override
    protected void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (rules.allows(exchange.client().address())) {
            chain.doFilter(request, response);
        } else {
            reject(exchange, request, response, REFUSAL);
        }
    }
}
