package dev.lintel;

import dev.lintel.upstream.Target;
import org.jspecify.annotations.Nullable;

/** One try to get an answer from a target. Written by the proxy, read by logs and metrics; confined to its request. */
public final class Attempt {

    private final String upstream;
    private final Target target;
    private final long startedNanos;
    private long endedNanos;
    private int status;
    private boolean openEnded;
    private @Nullable String failure;

    Attempt(String upstream, Target target, long startedNanos) {
        this.upstream = upstream;
        this.target = target;
        this.startedNanos = startedNanos;
        this.endedNanos = startedNanos;
    }

    /** The upstream's name. */
    public String upstream() {
        return upstream;
    }

    /** Where it went. */
    public Target target() {
        return target;
    }

    /** How long it took, in nanoseconds; 0 while it has not ended. */
    public long durationNanos() {
        return endedNanos - startedNanos;
    }

    /** The status of the answer, or 0 if none came. */
    public int status() {
        return status;
    }

    /** A short name of what went wrong, such as {@code refused} or {@code truncated}, or null. */
    public @Nullable String failure() {
        return failure;
    }

    /** Whether nothing but the end of the connection says where the answer ends, so that one cut short may look whole. */
    public boolean isOpenEnded() {
        return openEnded;
    }

    /** Notes the status of the answer's head. */
    public void answered(int answer) {
        this.status = answer;
    }

    /** Notes that nothing but the end of the connection says where the answer ends (RFC 9112 section 6.3). */
    public void openEnded() {
        this.openEnded = true;
    }

    /**
     * Ends the attempt.
     *
     * @param nanos the monotonic time now
     * @param failed a short name of what went wrong, or null if nothing did
     */
    public void ended(long nanos, @Nullable String failed) {
        this.endedNanos = nanos;
        this.failure = failed;
    }
}
