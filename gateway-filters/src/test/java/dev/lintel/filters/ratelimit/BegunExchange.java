package dev.lintel.filters.ratelimit;

import dev.lintel.Exchange;
import dev.lintel.ExchangeSettings;
import dev.lintel.Time;
import dev.lintel.identity.Caller;
import dev.lintel.identity.IdentityHeaders;
import dev.lintel.reject.RejectionWriter;
import dev.lintel.request.RequestPath;
import dev.lintel.request.TrustedProxies;
import dev.lintel.testing.MutableClock;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Begins the exchange like whatever runs a gateway's filters: with a clock that the test moves, trusting 127.0.0.1 to tell
 * the client's address, and with a caller named by the field {@code Test-Caller}, who has the roles of {@code Test-Roles}.
 */
final class BegunExchange implements Filter {

    private final ExchangeSettings settings;

    BegunExchange(MutableClock clock, boolean trusting) {
        TrustedProxies trusted = TrustedProxies.of(
                trusting ? List.of("127.0.0.1") : List.of(), TrustedProxies.ForwardedBy.X_FORWARDED_FOR);
        settings = new ExchangeSettings(
                trusted, IdentityHeaders.DEFAULT, RejectionWriter.problemJson(), new Time(clock, clock.monotonic()));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        Exchange exchange = Exchange.begin(http, RequestPath.parse(http.getRequestURI()), settings);
        String caller = http.getHeader("Test-Caller");
        String roles = http.getHeader("Test-Roles");
        if (caller != null) {
            exchange.caller(new Caller(
                    "api-key",
                    caller,
                    "consumer-" + caller,
                    roles == null ? List.of() : List.of(roles.split(" ", -1)),
                    List.of(),
                    Map.of("tenant", "t1"),
                    "h" + caller));
        }
        chain.doFilter(request, response);
        exchange.complete();
    }
}
