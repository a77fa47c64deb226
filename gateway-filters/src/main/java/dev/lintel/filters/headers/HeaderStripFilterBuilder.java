package dev.lintel.filters.headers;

import dev.lintel.option.Option;
import dev.lintel.option.Problems;
import dev.lintel.request.HeaderSelector;
import java.util.ArrayList;
import java.util.List;

/** Describes a {@link HeaderStripFilter}. Not thread-safe. */
public final class HeaderStripFilterBuilder {

    /** Without these a message cannot be read, or goes to the wrong place (RFC 9110 section 7, RFC 9112 section 6). */
    private static final List<String> NEEDED =
            List.of("Host", "Content-Length", "Transfer-Encoding", "Connection", "Content-Type", "Content-Encoding");

    private final List<String> request = new ArrayList<>();
    private final List<String> response = new ArrayList<>();

    HeaderStripFilterBuilder() {}

    /** Removes these from requests: names, or prefixes such as {@code X-Internal-*}, in every spelling. */
    public HeaderStripFilterBuilder requestHeaders(String... patterns) {
        request.addAll(List.of(patterns));
        return this;
    }

    /** Removes these from responses: names, or prefixes such as {@code X-Internal-*}, in every spelling. */
    public HeaderStripFilterBuilder responseHeaders(String... patterns) {
        response.addAll(List.of(patterns));
        return this;
    }

    /**
     * Checks and makes the filter.
     *
     * @throws dev.lintel.option.GatewayException with every problem
     */
    public HeaderStripFilter build() {
        Problems problems = new Problems();
        HeaderStripOptions options = options(problems);
        problems.throwIfAny("HeaderStripFilter");
        return new HeaderStripFilter(options);
    }

    HeaderStripOptions options(Problems problems) {
        problems.require(
                !request.isEmpty() || !response.isEmpty() || !problems.isEmpty(),
                "requestHeaders",
                "none",
                "at least one field here or in responseHeaders");
        return new HeaderStripOptions(
                selector(HeaderStripCatalogue.REQUEST_HEADERS, request, problems),
                selector(HeaderStripCatalogue.RESPONSE_HEADERS, response, problems));
    }

    private static HeaderSelector selector(Option<List<String>> option, List<String> patterns, Problems problems) {
        List<String> usable = new ArrayList<>();
        for (String pattern : patterns) {
            if (!option.check(List.of(pattern), problems)) {
                continue;
            }
            HeaderSelector selected = HeaderSelector.of(pattern);
            List<String> broken = NEEDED.stream().filter(selected::matches).toList();
            problems.require(
                    broken.isEmpty(),
                    option.name(),
                    pattern,
                    "nothing that messages need: " + String.join(", ", broken));
            usable.add(pattern);
        }
        return HeaderSelector.of(usable);
    }
}
