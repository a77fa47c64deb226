package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimit.FixedWindow;

/** Counts a fixed window. The state is the number of the window in the high and what was used in it in the low half. */
final class WindowArithmetic implements Arithmetic {

    private static final long COUNT = 0xffff_ffffL;

    private final long capacity;
    private final WindowClock clock;

    WindowArithmetic(FixedWindow limit) {
        this.capacity = limit.capacity();
        this.clock = new WindowClock(limit.period());
    }

    @Override
    public long capacity() {
        return capacity;
    }

    @Override
    public Moment moment(Clocks clocks) {
        return clock.moment(clocks);
    }

    @Override
    public long fresh(Moment moment) {
        return moment.now() << 32;
    }

    @Override
    public boolean has(long state, Moment moment, long cost) {
        return cost <= capacity - used(state, moment);
    }

    @Override
    public long take(long state, Moment moment, long cost) {
        return current(state, moment) + cost;
    }

    @Override
    public long giveBack(long state, Moment moment, long cost) {
        // what was taken in a window that is over needs not be put back
        return state >> 32 == moment.now() ? state - Math.min(cost, state & COUNT) : state;
    }

    @Override
    public long remaining(long state, Moment moment) {
        return capacity - used(state, moment);
    }

    @Override
    public long nanosUntil(long state, Moment moment, long cost) {
        return has(state, moment, cost) ? 0 : moment.nanosLeft();
    }

    @Override
    public long forgettableAt(long state) {
        return (state >> 32) + ((state & COUNT) == 0 ? 0 : 1);
    }

    private long used(long state, Moment moment) {
        return current(state, moment) & COUNT;
    }

    /** The state in the current window, or in a later one that another thread has seen already. */
    private long current(long state, Moment moment) {
        return state >> 32 < moment.now() ? fresh(moment) : state;
    }
}
