package dev.lintel.config.tree;

import dev.lintel.config.report.Findings;

/** Keeps values out of everything that is shown. */
public final class Secrets {

    private Secrets() {}

    /** Has the values of a node not be shown; those that are references stay, since they are none. */
    public static void mask(Node node, Findings findings) {
        if (node instanceof ScalarNode scalar) {
            if (!scalar.isSubstituted()) {
                findings.mask(
                        scalar.position(),
                        scalar.span().endLine(),
                        scalar.span().endColumn());
            }
        } else if (node instanceof ListNode list) {
            list.items().forEach(item -> mask(item, findings));
        } else if (node instanceof MapNode map) {
            map.entries().forEach(entry -> mask(entry.value(), findings));
        }
    }
}
