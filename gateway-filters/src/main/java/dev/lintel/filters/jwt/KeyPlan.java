package dev.lintel.filters.jwt;

/** Where a filter's keys are to come from, as configured and checked. */
sealed interface KeyPlan {

    /** Keys that the configuration holds. */
    record Fixed(FixedKeys keys) implements KeyPlan {}

    /**
     * Keys of a file, and of its changes.
     *
     * @param file where they are
     * @param version that of the file when they were read
     * @param keys what was read
     */
    record Watched(KeyFile file, KeyFile.Version version, KeySet keys) implements KeyPlan {}

    /** Keys that are fetched. */
    record Remote(RemoteSpec spec) implements KeyPlan {}
}
