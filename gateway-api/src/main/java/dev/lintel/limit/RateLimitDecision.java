package dev.lintel.limit;

import java.util.List;

/**
 * What was decided about one request, with all that its answer needs. Numbers are those of the moment of the decision. Immutable
 * and thread-safe for whoever gets it.
 *
 * <p>An interface, so that whoever counts can keep what it needs to settle it beside it, and need not make a list
 * that nobody may ask for: whoever has one says nothing but that. {@link #allowed} and {@link #refused} are for all who count elsewhere.
 */
public interface RateLimitDecision {

    /** Whether every limit that is enforced had enough, and all were charged; also if no limit applies. */
    boolean isAllowed();

    /** How many limits were asked; 0 if none applies. */
    default int size() {
        return states().size();
    }

    /** A limit, in the order asked for. */
    default RateLimit limit(int index) {
        return states().get(index).limit();
    }

    /** How many units are left of it, 0 to {@link RateLimit#quota}. */
    default long remaining(int index) {
        return states().get(index).remaining();
    }

    /** Seconds until at least one more unit is there, rounded up; 0 if there is none to come, or nobody knows when. */
    default long secondsToMore(int index) {
        return states().get(index).secondsToMore();
    }

    /** Whether it had too little: why the request was refused, or would have been if the limit were enforced. */
    default boolean isExceeded(int index) {
        return states().get(index).exceeded();
    }

    /** Seconds after which all limits can have enough, rounded up, at least 1; 0 if the request is allowed. */
    long retryAfterSeconds();

    /** Milliseconds that the request has to wait before it goes on; 0 if it need not, or is refused. */
    long delayMillis();

    /** How each limit stands, in the order asked for. */
    List<LimitState> states();

    /** That no limit applies. */
    static RateLimitDecision none() {
        return StatedDecision.NONE;
    }

    /**
     * That every enforced limit had enough.
     *
     * @param states how each limit stands now
     * @param delayMillis how long the request has to wait, at least 0
     */
    static RateLimitDecision allowed(List<LimitState> states, long delayMillis) {
        return new StatedDecision(true, states, 0, delayMillis);
    }

    /**
     * That a limit had too little, and none was charged.
     *
     * @param states how each limit stands
     * @param retryAfterSeconds seconds after which all can have enough, at least 1
     */
    static RateLimitDecision refused(List<LimitState> states, long retryAfterSeconds) {
        return new StatedDecision(false, states, retryAfterSeconds, 0);
    }
}
