package dev.lintel.config.rule;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one route has to match so that, together with the others of its rule, it matches what the rule says.
 *
 * @param host a host or {@code *.domain}; null for any
 * @param path a pattern
 * @param methods upper-case; empty for all
 * @param headers values by field name in lower case
 * @param query values by parameter
 * @param clients addresses and networks; empty for all
 */
public record RuleMatch(
        @Nullable String host,
        String path,
        Set<String> methods,
        Map<String, String> headers,
        Map<String, String> query,
        List<String> clients) {

    /** Copies the collections. */
    public RuleMatch {
        methods = Set.copyOf(methods);
        headers = Map.copyOf(headers);
        query = Map.copyOf(query);
        clients = List.copyOf(clients);
    }
}
