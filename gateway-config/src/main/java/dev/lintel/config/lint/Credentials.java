package dev.lintel.config.lint;

import dev.lintel.FilterTraits;
import dev.lintel.Stage;
import dev.lintel.config.bind.BoundFilter;
import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.ScalarNode;
import dev.lintel.filter.AuthenticatingFilter;

/** Which filters ask for a credential. */
final class Credentials {

    private Credentials() {}

    /** Whether it looks at credentials. */
    static boolean asks(BoundFilter bound) {
        return bound.filter() instanceof AuthenticatingFilter
                || bound.filter() instanceof FilterTraits traits && traits.stage() == Stage.AUTHENTICATION;
    }

    /** Whether nobody passes without one. */
    static boolean required(BoundFilter bound) {
        if (!bound.members().isEmpty()) {
            return bound.members().stream().anyMatch(Credentials::required);
        }
        return asks(bound) && !isOn(bound, "optional");
    }

    /** Whether it does not say what it does, so that it may be what keeps people out. */
    static boolean isUnknown(BoundFilter bound) {
        return !(bound.filter() instanceof FilterTraits);
    }

    static boolean isOn(BoundFilter bound, String option) {
        return bound.options() instanceof MapNode map
                && map.get(option) instanceof ScalarNode value
                && value.text().equals("true");
    }
}
