package dev.lintel.router;

import dev.lintel.request.FieldCondition;

/** Tells whether a request meets a condition. Asked only about routes that have conditions. */
@FunctionalInterface
interface Conditions {

    /** Whether the condition is met. */
    boolean meets(FieldCondition condition);
}
