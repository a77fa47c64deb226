package dev.lintel.filters.jwt;

/** Where a filter's keys are to come from, as configured and checked. */
sealed interface KeyPlan {

    /** Keys that the configuration holds. */
    record Fixed(FixedKeys keys) implements KeyPlan {}

    /** Keys that are fetched. */
    record Remote(RemoteSpec spec) implements KeyPlan {}
}
