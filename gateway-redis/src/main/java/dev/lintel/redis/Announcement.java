package dev.lintel.redis;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;

/** Says to all who share the counts that this gateway is there, and learns how many are. Thread-safe. */
final class Announcement {

    private static final String LIFE = Long.toString(Duration.ofSeconds(5).toMillis());
    private static final String SHORT = "1000";
    private static final String GONE = "0";

    private final String[] keys;
    private final String probeKey;
    private final String self;
    private volatile int gateways = 1;

    Announcement(String namespace) {
        byte[] name = new byte[12];
        new SecureRandom().nextBytes(name);
        this.self = HexFormat.of().formatHex(name);
        this.keys = new String[] {namespace + ":gateways"};
        this.probeKey = namespace + ":probe:";
    }

    /** How many gateways share the counts, as last known; at least 1. */
    int gateways() {
        return gateways;
    }

    /** What the keys of {@link #probe} begin with. */
    String probeKey() {
        return probeKey;
    }

    /** Announces; done when answered. */
    CompletableFuture<Void> send(Link link) {
        return link.run(Script.ANNOUNCE, keys, new String[] {self, LIFE})
                .<Void>thenApply(answer -> {
                    gateways = (int) Math.max(1, Math.min(Integer.MAX_VALUE, answer.get(0)));
                    return null;
                })
                .toCompletableFuture();
    }

    /** Writes to the server of a key; done when answered. */
    CompletableFuture<Void> probe(Link link, String key) {
        return link.run(Script.ANNOUNCE, new String[] {key}, new String[] {self, SHORT})
                .<Void>thenApply(answer -> null)
                .toCompletableFuture();
    }

    /** Says that this gateway leaves. */
    CompletableFuture<?> leave(Link link) {
        return link.run(Script.ANNOUNCE, keys, new String[] {self, GONE}).toCompletableFuture();
    }
}
