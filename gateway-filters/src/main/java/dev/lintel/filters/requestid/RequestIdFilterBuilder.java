package dev.lintel.filters.requestid;

import static java.util.Objects.requireNonNull;

import dev.lintel.filters.requestid.RequestIdFilter.Accept;
import dev.lintel.filters.requestid.RequestIdFilter.Generator;
import dev.lintel.option.Problems;

/** Describes a {@link RequestIdFilter}. Not thread-safe. */
public final class RequestIdFilterBuilder {

    private String header = RequestIdCatalogue.HEADER.otherwise();
    private Accept accept = RequestIdCatalogue.ACCEPT.otherwise();
    private Generator generator = RequestIdCatalogue.GENERATOR.otherwise();
    private boolean echo = RequestIdCatalogue.ECHO.otherwise();

    RequestIdFilterBuilder() {}

    /** The header field, towards the destination and the client; {@code X-Request-Id} by default. */
    public RequestIdFilterBuilder header(String name) {
        this.header = requireNonNull(name, "name");
        return this;
    }

    /** From whom an id is accepted; from trusted proxies by default. */
    public RequestIdFilterBuilder accept(Accept from) {
        this.accept = requireNonNull(from, "from");
        return this;
    }

    /** What new ids look like; UUID version 7 by default. */
    public RequestIdFilterBuilder generator(Generator kind) {
        this.generator = requireNonNull(kind, "kind");
        return this;
    }

    /** Whether the client is told the id; it is by default. */
    public RequestIdFilterBuilder echo(boolean told) {
        this.echo = told;
        return this;
    }

    /**
     * Checks and makes the filter.
     *
     * @throws dev.lintel.option.GatewayException with every problem
     */
    public RequestIdFilter build() {
        Problems problems = new Problems();
        RequestIdOptions options = options(problems);
        problems.throwIfAny("RequestIdFilter");
        return new RequestIdFilter(options);
    }

    RequestIdOptions options(Problems problems) {
        RequestIdCatalogue.HEADER.check(header, problems);
        return new RequestIdOptions(header, accept, generator, echo);
    }
}
