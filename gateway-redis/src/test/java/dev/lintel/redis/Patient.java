package dev.lintel.redis;

import java.time.Duration;

/** Stores that wait as long as a busy machine needs, for tests of what is decided. */
final class Patient {

    private static final Duration LONG = Duration.ofSeconds(5);

    private Patient() {}

    static RedisStoreBuilder store(RedisServer server) {
        return store(server.uri());
    }

    static RedisStoreBuilder store(String uri) {
        return RedisStore.builder().uri(uri).deadline(LONG).connectTimeout(LONG).startTimeout(Duration.ofSeconds(20));
    }
}
