package dev.lintel.filter;

import dev.lintel.ExchangeSettings;
import dev.lintel.Time;
import dev.lintel.identity.IdentityHeaders;
import dev.lintel.option.Option;
import dev.lintel.option.OptionReader;
import dev.lintel.reject.RejectionWriter;
import dev.lintel.request.TrustedProxies;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a filter outside a gateway goes by, read from the context-params {@code lintel.trustedProxies},
 * {@code lintel.forwardedBy} ({@code x-forwarded-for} or {@code forwarded}), {@code lintel.identityHeaders.userId} and
 * {@code lintel.identityHeaders.userRole}: options of a gateway, and its parts.
 */
final class StandaloneSettings {

    private static final String PREFIX = "lintel";

    private static final Option<OptionReader> IDENTITY = Option.group(
            "identityHeaders", IdentityHeaders.catalogue(), "the fields in which services learn who is calling");

    private StandaloneSettings() {}

    /** Reads the settings; a bad or unknown one is a {@link dev.lintel.option.GatewayException}. */
    static ExchangeSettings of(ServletContext context) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : Collections.list(context.getInitParameterNames())) {
            if (name.startsWith(PREFIX + ".")) {
                values.put(name, context.getInitParameter(name));
            }
        }
        return of(OptionReader.of(values));
    }

    static ExchangeSettings of(OptionReader params) {
        OptionReader options = params.under(PREFIX);
        TrustedProxies trusted = TrustedProxies.of(
                options.value(TrustedProxies.TRUSTED_PROXIES), options.value(TrustedProxies.FORWARDED_BY));
        IdentityHeaders identity =
                options.given(IDENTITY).map(IdentityHeaders::read).orElse(IdentityHeaders.DEFAULT);
        options.noteUnknown();
        params.finish("context-params");
        return new ExchangeSettings(trusted, identity, RejectionWriter.standard(), Time.system());
    }
}
