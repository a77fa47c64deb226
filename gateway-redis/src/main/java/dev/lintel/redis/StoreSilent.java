package dev.lintel.redis;

/** That Redis has not decided. Without a stack, since there may be many in a second. */
final class StoreSilent extends RuntimeException {

    private StoreSilent(String message) {
        super(message, null, false, false);
    }

    static StoreSilent late() {
        return new StoreSilent("redis: no answer in time (expected: within the deadline)");
    }

    static StoreSilent failed() {
        return new StoreSilent("redis: answered by an error, or lost (expected: an answer)");
    }

    static StoreSilent unasked() {
        return new StoreSilent("redis: known not to answer (expected: once it does again)");
    }

    static StoreSilent busy() {
        return new StoreSilent("redis: too many questions unanswered (expected: at most maxPending)");
    }
}
