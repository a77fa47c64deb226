package dev.lintel;

import java.util.ArrayList;
import java.util.List;

/** Which filters have acted in an exchange, compared by identity. Confined to it. */
final class Entered {

    private final List<Object> filters = new ArrayList<>(8);

    /** Whether one that has not acted is to act now, or one that has is to act again; notes it. */
    boolean enter(Object filter, boolean again) {
        for (Object before : filters) {
            if (before == filter) {
                return again;
            }
        }
        filters.add(filter);
        return true;
    }

    /** Has a filter act once more, which only waited. */
    void forget(Object filter) {
        filters.removeIf(known -> known == filter);
    }
}
