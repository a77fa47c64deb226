package dev.lintel.filters.securityheaders;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.request.HeaderSyntax;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What a {@link SecurityHeadersFilter} can be told. An empty text leaves a field out. */
final class SecurityHeadersCatalogue {

    /** Referrer Policy, section 3. */
    private static final List<String> REFERRER_POLICIES = List.of(
            "no-referrer",
            "no-referrer-when-downgrade",
            "origin",
            "origin-when-cross-origin",
            "same-origin",
            "strict-origin",
            "strict-origin-when-cross-origin",
            "unsafe-url");

    static final Option<Duration> HSTS_MAX_AGE = Option.seconds(
                    "hstsMaxAge",
                    Duration.ZERO,
                    Option.LONGEST,
                    "`Strict-Transport-Security`, over TLS only; `0` leaves it out")
            .or(Duration.ofDays(365));

    static final Option<Boolean> HSTS_INCLUDE_SUB_DOMAINS =
            Option.flag("hstsIncludeSubDomains", false, "whether that holds for subdomains");

    static final Option<Boolean> HSTS_PRELOAD =
            Option.flag("hstsPreload", false, "whether browsers may be shipped with it; needs subdomains and a year");

    static final Option<Boolean> NO_SNIFF = Option.flag("noSniff", true, "`X-Content-Type-Options: nosniff`");

    static final Option<FrameOptions> FRAME_OPTIONS = Option.choice(
                    "frameOptions", FrameOptions.class, "`X-Frame-Options`")
            .or(FrameOptions.SAMEORIGIN);

    static final Option<String> CONTENT_SECURITY_POLICY =
            value("contentSecurityPolicy", "`Content-Security-Policy`, such as `frame-ancestors 'self'`");

    // later ones are for browsers that know them
    static final Option<String> REFERRER_POLICY = Option.text(
                    "referrerPolicy",
                    "policies",
                    "one of " + String.join(", ", REFERRER_POLICIES),
                    text -> Arrays.stream(text.split(",", -1))
                            .map(String::strip)
                            .allMatch(policy -> policy.isEmpty() || REFERRER_POLICIES.contains(policy)),
                    "`Referrer-Policy`; empty leaves it out")
            .or("strict-origin-when-cross-origin");

    static final Option<String> PERMISSIONS_POLICY = value("permissionsPolicy", "`Permissions-Policy`");

    static final Option<String> CROSS_ORIGIN_OPENER_POLICY = policy(
            "crossOriginOpenerPolicy",
            "`Cross-Origin-Opener-Policy`",
            "noopener-allow-popups",
            "same-origin",
            "same-origin-allow-popups",
            "unsafe-none");

    static final Option<String> CROSS_ORIGIN_RESOURCE_POLICY = policy(
            "crossOriginResourcePolicy", "`Cross-Origin-Resource-Policy`", "cross-origin", "same-origin", "same-site");

    static final Option<String> CROSS_ORIGIN_EMBEDDER_POLICY = policy(
            "crossOriginEmbedderPolicy",
            "`Cross-Origin-Embedder-Policy`",
            "credentialless",
            "require-corp",
            "unsafe-none");

    static final Option<Boolean> OVERRIDE =
            Option.flag("override", false, "whether these replace what a service says of them");

    static final Option<Boolean> HIDE_SERVER = Option.flag(
            "hideServer", false, "removes `Server`, `X-Powered-By`, `X-AspNet-Version`, `X-Generator` and their like");

    static final OptionCatalogue ALL = OptionCatalogue.of(
            "securityHeaders",
            "writes the response fields by which browsers protect users",
            HSTS_MAX_AGE,
            HSTS_INCLUDE_SUB_DOMAINS,
            HSTS_PRELOAD,
            NO_SNIFF,
            FRAME_OPTIONS,
            CONTENT_SECURITY_POLICY,
            REFERRER_POLICY,
            PERMISSIONS_POLICY,
            CROSS_ORIGIN_OPENER_POLICY,
            CROSS_ORIGIN_RESOURCE_POLICY,
            CROSS_ORIGIN_EMBEDDER_POLICY,
            OVERRIDE,
            HIDE_SERVER);

    private SecurityHeadersCatalogue() {}

    private static Option<String> value(String name, String meaning) {
        return Option.text(name, "text", "no control characters", HeaderSyntax::isValue, meaning)
                .or("")
                .orInWords("none");
    }

    private static Option<String> policy(String name, String meaning, String... known) {
        List<String> words = List.of(known);
        return Option.text(
                        name,
                        "policy",
                        "one of " + String.join(", ", words),
                        text -> text.isEmpty() || words.contains(text),
                        meaning)
                .or("")
                .orInWords("none");
    }
}
