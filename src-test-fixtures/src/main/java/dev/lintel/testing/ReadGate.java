package dev.lintel.testing;

/**
 * Lets a {@link ScriptedUpstream} read bodies only as fast as the test says. Begins closed. Thread-safe.
 *
 * <p>What the operating system and one block of 16 KiB hold is received all the same, but not counted as body.
 */
public final class ReadGate {

    private final Changes changes = new Changes();
    private long permitted;

    /** Lets that many more bytes pass. */
    public void permit(long bytes) {
        changes.make(() -> permitted = Math.min(Long.MAX_VALUE - bytes, permitted) + bytes);
    }

    /** Lets everything pass from now on. */
    public void open() {
        permit(Long.MAX_VALUE);
    }

    /** Waits until at least one byte may pass, and takes up to {@code wanted}. */
    long take(long wanted) {
        try {
            changes.awaitEndlessly(() -> permitted > 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return wanted;
        }
        long[] taken = new long[1];
        changes.make(() -> {
            taken[0] = Math.min(wanted, permitted);
            permitted -= permitted == Long.MAX_VALUE ? 0 : taken[0];
        });
        return taken[0];
    }
}
