package dev.lintel.filters.jwt;

import java.util.concurrent.CompletableFuture;

/** Fetches an issuer's keys once. Thread-safe, though called by one thread at a time. */
@FunctionalInterface
interface KeyFetch {

    /** Begins a fetch, which ends within a bounded time. */
    CompletableFuture<JwkReader.Keys> fetch();
}
