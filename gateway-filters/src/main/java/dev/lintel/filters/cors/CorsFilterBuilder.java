package dev.lintel.filters.cors;

import static java.util.Objects.requireNonNull;

import dev.lintel.option.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Describes a {@link CorsFilter}. Not thread-safe. */
public final class CorsFilterBuilder {

    private final List<String> origins = new ArrayList<>();
    private List<String> methods = CorsCatalogue.METHODS.otherwise();
    private final List<String> headers = new ArrayList<>();
    private final List<String> exposedHeaders = new ArrayList<>();
    private boolean credentials = CorsCatalogue.CREDENTIALS.otherwise();
    private Duration maxAge = CorsCatalogue.MAX_AGE.otherwise();

    CorsFilterBuilder() {}

    /**
     * The origins whose pages may read answers, as browsers send them: {@code https://app.example.com}, with a port if it is
     * not the usual one; {@code https://*.example.com} for all subdomains, not the domain itself; {@code *} for all, which
     * cannot be had together with credentials.
     */
    public CorsFilterBuilder origins(String... allowed) {
        origins.addAll(List.of(allowed));
        return this;
    }

    /** The methods that preflights may ask for; {@code GET}, {@code HEAD} and {@code POST} by default. */
    public CorsFilterBuilder methods(String... allowed) {
        methods = List.of(allowed);
        return this;
    }

    /**
     * The request header fields that preflights may ask for, {@code Content-Type} of JSON and {@code Authorization} among
     * them; none by default. {@code *} for all but {@code Authorization}, without credentials only.
     */
    public CorsFilterBuilder headers(String... allowed) {
        headers.addAll(List.of(allowed));
        return this;
    }

    /** The response header fields that pages may read beside the few that they always may; none by default. */
    public CorsFilterBuilder exposedHeaders(String... readable) {
        exposedHeaders.addAll(List.of(readable));
        return this;
    }

    /** Whether pages may send cookies and read the answers to them; they may not by default. */
    public CorsFilterBuilder credentials(boolean allowed) {
        this.credentials = allowed;
        return this;
    }

    /** How long browsers may keep the answer to a preflight: whole seconds up to a day; ten minutes by default. */
    public CorsFilterBuilder maxAge(Duration longest) {
        this.maxAge = requireNonNull(longest, "longest");
        return this;
    }

    /**
     * Checks and makes the filter.
     *
     * @throws dev.lintel.option.GatewayException with every problem
     */
    public CorsFilter build() {
        Problems problems = new Problems();
        CorsOptions options = options(problems);
        problems.throwIfAny("CorsFilter");
        return new CorsFilter(options);
    }

    CorsOptions options(Problems problems) {
        boolean missing = origins.isEmpty() && !problems.mention("origins");
        problems.require(!missing, "origins", "none", "at least one origin");
        List<String> usable = new ArrayList<>(origins);
        usable.removeIf(origin -> !CorsCatalogue.ORIGINS.check(List.of(origin), problems));
        problems.require(!methods.isEmpty() || problems.mention("methods"), "methods", "none", "at least one method");
        CorsCatalogue.METHODS.check(methods, problems);
        CorsCatalogue.HEADERS.check(headers, problems);
        CorsCatalogue.EXPOSED_HEADERS.check(exposedHeaders, problems);
        CorsCatalogue.MAX_AGE.check(maxAge, problems);
        if (credentials) {
            // any page could act as whoever looks at it
            refuseAll("origins", origins, problems);
            refuseAll("methods", methods, problems);
            refuseAll("headers", headers, problems);
            refuseAll("exposedHeaders", exposedHeaders, problems);
        }
        return new CorsOptions(
                Origins.of(usable),
                List.copyOf(methods),
                List.copyOf(headers),
                List.copyOf(exposedHeaders),
                credentials,
                maxAge);
    }

    private static void refuseAll(String option, List<String> entries, Problems problems) {
        problems.require(!entries.contains("*"), option, "*", "named one by one where credentials are true");
    }
}
