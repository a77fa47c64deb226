package dev.lintel.filters.securityheaders;

import static java.util.Objects.requireNonNull;

import dev.lintel.HeaderField;
import dev.lintel.option.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Describes a {@link SecurityHeadersFilter}. An empty text leaves a field out. Not thread-safe. */
public final class SecurityHeadersFilterBuilder {

    private Duration hstsMaxAge = SecurityHeadersCatalogue.HSTS_MAX_AGE.otherwise();
    private boolean hstsIncludeSubDomains = SecurityHeadersCatalogue.HSTS_INCLUDE_SUB_DOMAINS.otherwise();
    private boolean hstsPreload = SecurityHeadersCatalogue.HSTS_PRELOAD.otherwise();
    private boolean noSniff = SecurityHeadersCatalogue.NO_SNIFF.otherwise();
    private FrameOptions frameOptions = SecurityHeadersCatalogue.FRAME_OPTIONS.otherwise();
    private String contentSecurityPolicy = SecurityHeadersCatalogue.CONTENT_SECURITY_POLICY.otherwise();
    private String referrerPolicy = SecurityHeadersCatalogue.REFERRER_POLICY.otherwise();
    private String permissionsPolicy = SecurityHeadersCatalogue.PERMISSIONS_POLICY.otherwise();
    private String crossOriginOpenerPolicy = SecurityHeadersCatalogue.CROSS_ORIGIN_OPENER_POLICY.otherwise();
    private String crossOriginResourcePolicy = SecurityHeadersCatalogue.CROSS_ORIGIN_RESOURCE_POLICY.otherwise();
    private String crossOriginEmbedderPolicy = SecurityHeadersCatalogue.CROSS_ORIGIN_EMBEDDER_POLICY.otherwise();
    private boolean override = SecurityHeadersCatalogue.OVERRIDE.otherwise();
    private boolean hideServer = SecurityHeadersCatalogue.HIDE_SERVER.otherwise();

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
        SecurityHeadersCatalogue.HSTS_MAX_AGE.check(hstsMaxAge, problems);
        boolean preloadable = hstsIncludeSubDomains && hstsMaxAge.compareTo(Duration.ofDays(365)) >= 0;
        problems.require(
                !hstsPreload || preloadable,
                "hstsPreload",
                true,
                "hstsIncludeSubDomains, and hstsMaxAge of 365d or more");
        SecurityHeadersCatalogue.CONTENT_SECURITY_POLICY.check(contentSecurityPolicy, problems);
        SecurityHeadersCatalogue.PERMISSIONS_POLICY.check(permissionsPolicy, problems);
        SecurityHeadersCatalogue.REFERRER_POLICY.check(referrerPolicy, problems);
        SecurityHeadersCatalogue.CROSS_ORIGIN_OPENER_POLICY.check(crossOriginOpenerPolicy, problems);
        SecurityHeadersCatalogue.CROSS_ORIGIN_RESOURCE_POLICY.check(crossOriginResourcePolicy, problems);
        SecurityHeadersCatalogue.CROSS_ORIGIN_EMBEDDER_POLICY.check(crossOriginEmbedderPolicy, problems);
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
