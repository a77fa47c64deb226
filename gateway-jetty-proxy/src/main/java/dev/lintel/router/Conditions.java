package dev.lintel.router;

import dev.lintel.request.AddressBlock;
import dev.lintel.request.FieldCondition;
import java.util.List;

/** Tells whether a request meets a condition. Asked only about routes that have conditions. */
@FunctionalInterface
interface Conditions {

    /** Whether the condition is met. */
    boolean meets(FieldCondition condition);

    /** Whether the request comes from one of these blocks; never, where that is not known. */
    default boolean comeFrom(List<AddressBlock> blocks) {
        return false;
    }
}
