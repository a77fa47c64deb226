package dev.lintel.filters.securityheaders;

import static java.util.Objects.requireNonNull;

import dev.lintel.HeaderField;
import dev.lintel.option.Problems;
import dev.lintel.request.HeaderSyntax;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Describes a {@link SecurityHeadersFilter}. An empty text leaves a field out. Not thread-safe. */
public final class SecurityHeadersFilterBuilder {

    static final Duration HSTS_MAX_AGE = Duration.ofDays(365);
    static final String REFERRER_POLICY = "strict-origin-when-cross-origin";

    /** Referrer Policy, section 3. */
    private static final Set<String> REFERRER_POLICIES = Set.of(
            "no-referrer",
            "no-referrer-when-downgrade",
            "same-origin",
            "origin",
            "strict-origin",
            "origin-when-cross-origin",
            REFERRER_POLICY,
            "unsafe-url");

    private static final Set<String> OPENER_POLICIES =
            Set.of("unsafe-none", "same-origin-allow-popups", "same-origin", "noopener-allow-popups");
    private static final Set<String> RESOURCE_POLICIES = Set.of("same-site", "same-origin", "cross-origin");
    private static final Set<String> EMBEDDER_POLICIES = Set.of("unsafe-none", "require-corp", "credentialless");

    private Duration hstsMaxAge = HSTS_MAX_AGE;
    private boolean hstsIncludeSubDomains;
    private boolean hstsPreload;
    private boolean noSniff = true;
    private FrameOptions frameOptions = FrameOptions.SAMEORIGIN;
    private String contentSecurityPolicy = "";
    private String referrerPolicy = REFERRER_POLICY;
    private String permissionsPolicy = "";
    private String crossOriginOpenerPolicy = "";
    private String crossOriginResourcePolicy = "";
    private String crossOriginEmbedderPolicy = "";
    private boolean override;
    private boolean hideServer;

    SecurityHeadersFilterBuilder() {}

    /** For how long browsers are to use TLS alone, in whole seconds; a year by default, zero for no such field. */
    public SecurityHeadersFilterBuilder hstsMaxAge(Duration age) {
        this.hstsMaxAge = requireNonNull(age, "age");
        return this;
    }

    /** Whether that holds for subdomains too; it does not by default. */
    public SecurityHeadersFilterBuilder hstsIncludeSubDomains(boolean included) {
        this.hstsIncludeSubDomains = included;
        return this;
    }

    /** Whether browsers may be shipped with it; needs subdomains and a year at least. Hard to take back. */
    public SecurityHeadersFilterBuilder hstsPreload(boolean allowed) {
        this.hstsPreload = allowed;
        return this;
    }

    /** Whether browsers are told not to guess types; they are by default. */
    public SecurityHeadersFilterBuilder noSniff(boolean told) {
        this.noSniff = told;
        return this;
    }

    /** Who may show pages in frames; those of the same origin by default. */
    public SecurityHeadersFilterBuilder frameOptions(FrameOptions who) {
        this.frameOptions = requireNonNull(who, "who");
        return this;
    }

    /** A content security policy, such as {@code frame-ancestors 'self'}; none by default. */
    public SecurityHeadersFilterBuilder contentSecurityPolicy(String policy) {
        this.contentSecurityPolicy = requireNonNull(policy, "policy");
        return this;
    }

    /** What links tell of the page they are on; {@code strict-origin-when-cross-origin} by default. */
    public SecurityHeadersFilterBuilder referrerPolicy(String policy) {
        this.referrerPolicy = requireNonNull(policy, "policy");
        return this;
    }

    /** What pages may use, such as {@code geolocation=()}; nothing is said by default. */
    public SecurityHeadersFilterBuilder permissionsPolicy(String policy) {
        this.permissionsPolicy = requireNonNull(policy, "policy");
        return this;
    }

    /** Who shares a browsing context with pages, such as {@code same-origin}; nothing is said by default. */
    public SecurityHeadersFilterBuilder crossOriginOpenerPolicy(String policy) {
        this.crossOriginOpenerPolicy = requireNonNull(policy, "policy");
        return this;
    }

    /** Whose pages may load answers, such as {@code same-site}; nothing is said by default. */
    public SecurityHeadersFilterBuilder crossOriginResourcePolicy(String policy) {
        this.crossOriginResourcePolicy = requireNonNull(policy, "policy");
        return this;
    }

    /** What pages may load of other origins, such as {@code require-corp}; nothing is said by default. */
    public SecurityHeadersFilterBuilder crossOriginEmbedderPolicy(String policy) {
        this.crossOriginEmbedderPolicy = requireNonNull(policy, "policy");
        return this;
    }

    /** Whether these fields replace what the destination says; what it says stands by default. */
    public SecurityHeadersFilterBuilder override(boolean replaced) {
        this.override = replaced;
        return this;
    }

    /** Whether {@code Server}, {@code X-Powered-By} and their like are removed; they are not by default. */
    public SecurityHeadersFilterBuilder hideServer(boolean hidden) {
        this.hideServer = hidden;
        return this;
    }

    /**
     * Checks and makes the filter.
     *
     * @throws dev.lintel.option.GatewayException with every problem
     */
    public SecurityHeadersFilter build() {
        Problems problems = new Problems();
        SecurityHeadersOptions options = options(problems);
        problems.throwIfAny("SecurityHeadersFilter");
        return new SecurityHeadersFilter(options);
    }

    SecurityHeadersOptions options(Problems problems) {
        check(problems);
        List<HeaderField> always = new ArrayList<>();
        add(always, "X-Content-Type-Options", noSniff ? "nosniff" : "");
        add(always, "X-Frame-Options", frameOptions == FrameOptions.NONE ? "" : frameOptions.name());
        add(always, "Content-Security-Policy", contentSecurityPolicy);
        add(always, "Referrer-Policy", referrerPolicy);
        add(always, "Permissions-Policy", permissionsPolicy);
        add(always, "Cross-Origin-Opener-Policy", crossOriginOpenerPolicy);
        add(always, "Cross-Origin-Resource-Policy", crossOriginResourcePolicy);
        add(always, "Cross-Origin-Embedder-Policy", crossOriginEmbedderPolicy);
        List<HeaderField> secure = new ArrayList<>();
        add(secure, "Strict-Transport-Security", strictTransport());
        return new SecurityHeadersOptions(List.copyOf(always), List.copyOf(secure), override, hideServer);
    }

    private void check(Problems problems) {
        boolean whole = !hstsMaxAge.isNegative() && hstsMaxAge.equals(Duration.ofSeconds(hstsMaxAge.toSeconds()));
        problems.require(whole, "hstsMaxAge", hstsMaxAge, "zero or more whole seconds");
        boolean preloadable = hstsIncludeSubDomains && hstsMaxAge.compareTo(HSTS_MAX_AGE) >= 0;
        problems.require(
                !hstsPreload || preloadable,
                "hstsPreload",
                true,
                "hstsIncludeSubDomains, and hstsMaxAge of 365d or more");
        value("contentSecurityPolicy", contentSecurityPolicy, problems);
        value("permissionsPolicy", permissionsPolicy, problems);
        for (String policy : referrerPolicy.split(",", -1)) {
            // later ones are for browsers that know them
            oneOf("referrerPolicy", policy.strip(), REFERRER_POLICIES, problems);
        }
        oneOf("crossOriginOpenerPolicy", crossOriginOpenerPolicy, OPENER_POLICIES, problems);
        oneOf("crossOriginResourcePolicy", crossOriginResourcePolicy, RESOURCE_POLICIES, problems);
        oneOf("crossOriginEmbedderPolicy", crossOriginEmbedderPolicy, EMBEDDER_POLICIES, problems);
    }

    private static void value(String option, String value, Problems problems) {
        problems.require(HeaderSyntax.isValue(value), option, "not shown", "no control characters");
    }

    private static void oneOf(String option, String value, Set<String> known, Problems problems) {
        boolean right = value.isEmpty() || known.contains(value);
        String expected = right
                ? ""
                : "one of " + String.join(", ", known.stream().sorted().toList());
        problems.require(right, option, value, expected);
    }

    private String strictTransport() {
        if (hstsMaxAge.isZero()) {
            return "";
        }
        return "max-age=" + hstsMaxAge.toSeconds() + (hstsIncludeSubDomains ? "; includeSubDomains" : "")
                + (hstsPreload ? "; preload" : "");
    }

    private static void add(List<HeaderField> fields, String name, String value) {
        // a value that cannot be sent is a problem by now, and nothing is built of it
        if (!value.isEmpty()) {
            fields.add(new HeaderField(name, value));
        }
    }
}
