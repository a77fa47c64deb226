package dev.lintel.filters.requestid;

import static java.util.Objects.requireNonNull;

import dev.lintel.filters.requestid.RequestIdFilter.Accept;
import dev.lintel.filters.requestid.RequestIdFilter.Generator;
import dev.lintel.option.Problems;
import dev.lintel.request.HeaderSyntax;

/** Describes a {@link RequestIdFilter}. Not thread-safe. */
public final class RequestIdFilterBuilder {

    private String header = RequestIdOptions.DEFAULT.header();
    private Accept accept = RequestIdOptions.DEFAULT.accept();
    private Generator generator = RequestIdOptions.DEFAULT.generator();
    private boolean echo = RequestIdOptions.DEFAULT.echo();

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
        // a name without letters or digits would be the same as any other, once folded
        boolean name = HeaderSyntax.isName(header) && header.chars().anyMatch(Character::isLetterOrDigit);
        problems.require(name, "header", header, "a field name with a letter or digit");
        return new RequestIdOptions(header, accept, generator, echo);
    }
}
