package dev.lintel.testing;

import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * How long a reader waits: so long for the next byte, and so long altogether. Begins when it is made.
 */
final class Patience {

    /** What every fixture waits at most when the test says nothing else. */
    static final Duration DEFAULT = Duration.ofSeconds(10);

    private static final int TOTAL_FACTOR = 12;

    private final Duration idle;
    private final long endNanos;

    private Patience(Duration idle, long endNanos) {
        this.idle = idle;
        this.endNanos = endNanos;
    }

    /** At most {@code limit} for each byte and at most twelve times as much in all. */
    static Patience idle(Duration limit) {
        return new Patience(
                limit, System.nanoTime() + limit.multipliedBy(TOTAL_FACTOR).toNanos());
    }

    /** At most {@code limit} in all. */
    static Patience total(Duration limit) {
        return new Patience(limit, System.nanoTime() + limit.toNanos());
    }

    /** For threads of a server, which end when the server is closed. */
    static Patience endless() {
        return new Patience(Duration.ZERO, 0);
    }

    /**
     * The socket timeout for the next read, in milliseconds; 0 is none.
     *
     * @throws SocketTimeoutException if the time is up
     */
    int socketTimeout() throws SocketTimeoutException {
        if (idle.isZero()) {
            return 0;
        }
        long left = Math.min(idle.toNanos(), endNanos - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException("time is up");
        }
        return (int) Math.max(1, left / 1_000_000);
    }
}
