package dev.lintel;

import dev.lintel.identity.IdentityHeaders;
import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.request.HeaderSyntax;
import dev.lintel.request.TrustedProxies;
import java.util.List;

/** What a gateway can be told, beside its filters, routes and upstreams. */
final class GatewayCatalogue {

    static final Option<String> REJECTION_WRITER = Option.text(
                    "rejectionWriter",
                    "`standard`, `problem-json` or a class",
                    "standard, problem-json or the name of a class",
                    any -> true,
                    "how refusals are answered")
            .or("standard");
    static final Option<List<String>> ALLOW_METHODS = Option.list(
            "allowMethods",
            "methods",
            "method names, neither CONNECT nor TRACE",
            name -> HeaderSyntax.isName(name) && !name.equals("CONNECT") && !name.equals("TRACE"),
            "methods that are admitted beside the common ones and those that routes name");
    static final Option<Boolean> ALLOW_UNDERSCORES = Option.flag(
            "allowUnderscoresInHeaderNames",
            false,
            "admits underscores in header names, which CGI-like services take for hyphens; the gateway's own names stay safe");
    static final Option<Boolean> IGNORE_SESSION_ID = Option.flag(
            "ignoreSessionIdInPath", false, "ignores a trailing `;jsessionid=` when matching instead of refusing it");
    static final Option<Boolean> FORWARDED_TO_HOST = Option.flag(
            "forwardedHeadersToHostApplication",
            false,
            "gives a host application fresh forwarded fields too; not with a balancer in front whose fields it needs");
    static final Option<OptionReader> IDENTITY_HEADERS = Option.group(
                    "identityHeaders", IdentityHeaders.catalogue(), "the fields in which services learn who is calling")
            .orInWords("`X-User-ID`, `X-User-Role`");

    static final OptionCatalogue ALL = OptionCatalogue.of(
            "gateway",
            "whom a gateway believes, what it admits, and how it refuses",
            TrustedProxies.TRUSTED_PROXIES,
            TrustedProxies.FORWARDED_BY,
            IDENTITY_HEADERS,
            REJECTION_WRITER,
            ALLOW_METHODS,
            ALLOW_UNDERSCORES,
            IGNORE_SESSION_ID,
            FORWARDED_TO_HOST);

    private GatewayCatalogue() {}
}
