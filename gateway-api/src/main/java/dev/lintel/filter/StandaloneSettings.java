package dev.lintel.filter;

import dev.lintel.ExchangeSettings;
import dev.lintel.Time;
import dev.lintel.identity.IdentityHeaders;
import dev.lintel.option.OptionReader;
import dev.lintel.option.Problems;
import dev.lintel.reject.RejectionWriter;
import dev.lintel.request.TrustedProxies;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a filter outside a gateway goes by, read from the context-params {@code lintel.trustedProxies},
 * {@code lintel.forwardedBy} ({@code x-forwarded-for} or {@code forwarded}) and {@code lintel.identityHeaders} (the names
 * for id and role).
 */
final class StandaloneSettings {

    private static final String PREFIX = "lintel.";

    private StandaloneSettings() {}

    /** Reads the settings; a bad or unknown one is a {@link dev.lintel.option.GatewayException}. */
    static ExchangeSettings of(ServletContext context) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : Collections.list(context.getInitParameterNames())) {
            if (name.startsWith(PREFIX)) {
                values.put(name, context.getInitParameter(name));
            }
        }
        return of(OptionReader.of(values));
    }

    static ExchangeSettings of(OptionReader options) {
        TrustedProxies.ForwardedBy by = options.choice(
                PREFIX + "forwardedBy", TrustedProxies.ForwardedBy.class, TrustedProxies.ForwardedBy.X_FORWARDED_FOR);
        TrustedProxies trusted = trusted(options.list(PREFIX + "trustedProxies"), by, options.problems());
        IdentityHeaders identity = identity(options.list(PREFIX + "identityHeaders"), options.problems());
        options.finish("context-params");
        return new ExchangeSettings(trusted, identity, RejectionWriter.standard(), Time.system());
    }

    private static TrustedProxies trusted(List<String> blocks, TrustedProxies.ForwardedBy by, Problems problems) {
        try {
            return TrustedProxies.of(blocks, by);
        } catch (IllegalArgumentException malformed) {
            problems.add(PREFIX + "trustedProxies", blocks, "addresses or networks such as 10.0.0.0/8");
            return TrustedProxies.none();
        }
    }

    private static IdentityHeaders identity(List<String> names, Problems problems) {
        if (names.isEmpty()) {
            return IdentityHeaders.DEFAULT;
        }
        try {
            if (names.size() == 2) {
                return new IdentityHeaders(names.get(0), names.get(1));
            }
        } catch (IllegalArgumentException malformed) {
            // told below, in the same words as a wrong number of names
        }
        problems.add(PREFIX + "identityHeaders", names, "two field names: for the id and for the role");
        return IdentityHeaders.DEFAULT;
    }
}
