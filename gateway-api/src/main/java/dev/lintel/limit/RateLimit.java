package dev.lintel.limit;

import dev.lintel.option.Problems;
import java.time.Duration;

/** How often something may happen, as data. Implementations are immutable and thread-safe. */
public sealed interface RateLimit {

    /** The most units that a limit can have: a thousand million. */
    long MOST_UNITS = 1_000_000_000L;

    /** The longest time that a bucket may take to fill up. */
    Duration LONGEST = Duration.ofDays(366);

    /** What the limit is called, in answers too: 1 to 64 letters, digits, {@code -}, {@code _} and {@code .}. */
    String name();

    /** The most units that can be used at once; 0 if nothing is ever allowed. */
    long quota();

    /** The time in which {@link #quota} units are granted, on average; zero if they come back when requests end. */
    Duration window();

    /**
     * What is left of the limit for one of several who count apart: numbers divided and rounded down, but never less than one.
     *
     * @param parts by how many, at least 1
     */
    RateLimit share(int parts);

    /**
     * A bucket that holds units and is refilled evenly: one unit after each {@link #interval}, never all at once. Lives by
     * the monotonic clock.
     *
     * @param name what it is called
     * @param capacity how many units it holds, 1 to a thousand million
     * @param refill how many units come back in a period, 1 to the capacity; at most a million a second
     * @param period the time for that, at least 1 ms; a whole bucket within 366 days
     * @param initial how many units a new bucket has, 0 to the capacity
     */
    record TokenBucket(String name, long capacity, long refill, Duration period, long initial) implements RateLimit {

        private static final long FASTEST_NANOS = 1_000;

        /**
         * Checks the numbers.
         *
         * @throws dev.lintel.option.GatewayException with every problem
         */
        public TokenBucket {
            Problems problems = CommonRules.check(name, capacity);
            CommonRules.checkPart(
                    problems,
                    "refill",
                    refill,
                    1,
                    capacity,
                    "1 to the capacity, with a shorter period for a higher rate");
            CommonRules.checkPart(problems, "initial", initial, 0, capacity, "0 to the capacity");
            boolean usable = CommonRules.isWithin(period, Duration.ofMillis(1), LONGEST);
            problems.require(usable, "period", period, "1 ms to 366 days");
            if (usable && refill >= 1) {
                long interval = period.toNanos() / refill;
                problems.require(interval >= FASTEST_NANOS, "refill", refill, "at most a million a second");
                problems.require(
                        capacity <= LONGEST.toNanos() / Math.max(1, interval),
                        "period",
                        period,
                        "short enough to fill the bucket within 366 days");
            }
            problems.throwIfAny("limit " + name);
        }

        /** A bucket that is full at first and whose whole capacity comes back evenly within a period. */
        public static TokenBucket of(String name, long capacity, Duration period) {
            return new TokenBucket(name, capacity, capacity, period, capacity);
        }

        /** The time after which one unit comes back: whole nanoseconds, rounded down. */
        public Duration interval() {
            return Duration.ofNanos(period.toNanos() / refill);
        }

        @Override
        public long quota() {
            return capacity;
        }

        /** The time in which an empty bucket fills up. */
        @Override
        public Duration window() {
            return interval().multipliedBy(capacity);
        }

        @Override
        public RateLimit share(int parts) {
            long part = Math.max(1, capacity / parts);
            Duration period = interval().multipliedBy(parts).multipliedBy(part);
            Duration shortest = Duration.ofMillis(1);
            period = period.compareTo(shortest) < 0 ? shortest : period.compareTo(LONGEST) > 0 ? LONGEST : period;
            return new TokenBucket(name, part, part, period, Math.min(part, initial / parts));
        }
    }

    /**
     * A number of units in each window of the calendar: each second, minute, hour, day, week or month. Lives by the wall clock.
     *
     * @param name what it is called
     * @param capacity how many units each window has, 1 to a thousand million
     * @param period how the calendar is cut
     * @param offset how many units the window has less in which the limit begins to count, 0 to the capacity
     */
    record FixedWindow(String name, long capacity, CalendarPeriod period, long offset) implements RateLimit {

        /**
         * Checks the numbers.
         *
         * @throws dev.lintel.option.GatewayException with every problem
         */
        public FixedWindow {
            Problems problems = CommonRules.check(name, capacity);
            CommonRules.checkPart(problems, "offset", offset, 0, capacity, "0 to the capacity");
            problems.throwIfAny("limit " + name);
        }

        /** A number of units in each window of the period, from the first on. */
        public FixedWindow(String name, long capacity, CalendarPeriod period) {
            this(name, capacity, period, 0);
        }

        /**
         * A number of units in each window of the UTC calendar.
         *
         * @param window whole seconds that divide a day evenly, 1 second to 1 day
         */
        public FixedWindow(String name, long capacity, Duration window) {
            this(name, capacity, CalendarPeriod.every(window), 0);
        }

        @Override
        public long quota() {
            return capacity;
        }

        /** How long a window is; of days, weeks and months on average. */
        @Override
        public Duration window() {
            return period.length();
        }

        @Override
        public RateLimit share(int parts) {
            return new FixedWindow(name, Math.max(1, capacity / parts), period, offset / parts);
        }
    }

    /**
     * A number of units in any stretch of time of a length, wherever it begins: never more. Time is counted in slices, of which
     * a window has {@link #SLICES}; a unit comes back when the slice in which it was used is over everywhere in the window, so
     * after one window at the earliest, one and a sixteenth at the latest. Lives by the monotonic clock.
     *
     * @param name what it is called
     * @param capacity how many units any window has, 1 to a thousand million
     * @param window 10 ms to 366 days
     */
    record SlidingWindow(String name, long capacity, Duration window) implements RateLimit {

        /** Into how many slices a window is cut. */
        public static final int SLICES = 16;

        /**
         * Checks the numbers.
         *
         * @throws dev.lintel.option.GatewayException with every problem
         */
        public SlidingWindow {
            Problems problems = CommonRules.check(name, capacity);
            problems.require(
                    CommonRules.isWithin(window, Duration.ofMillis(10), LONGEST),
                    "window",
                    window,
                    "10 ms to 366 days");
            problems.throwIfAny("limit " + name);
        }

        @Override
        public long quota() {
            return capacity;
        }

        @Override
        public RateLimit share(int parts) {
            return new SlidingWindow(name, Math.max(1, capacity / parts), window);
        }
    }

    /**
     * A bucket that leaks at a rate, and that requests fill: nginx's {@code limit_req}, in its own whole numbers, so that verdicts
     * and delays are the same. What is beyond the rate waits until it is due, what is beyond the burst is refused. Lives by the
     * monotonic clock, in milliseconds.
     *
     * @param name what it is called
     * @param rate how many units leak out in a period, 1 to a million a second
     * @param period 1 second to 366 days; nginx knows {@code r/s} and {@code r/m}
     * @param burst how many units beyond the rate are let in, 0 to a million
     * @param delay how many of these do not wait, 0 to the burst; as many as the burst is nginx's {@code nodelay}
     */
    record LeakyBucket(String name, long rate, Duration period, long burst, long delay) implements RateLimit {

        /** The longest that a request can be made to wait. */
        public static final Duration LONGEST_DELAY = Duration.ofHours(1);

        private static final long MOST_BURST = 1_000_000;

        /**
         * Checks the numbers.
         *
         * @throws dev.lintel.option.GatewayException with every problem
         */
        public LeakyBucket {
            Problems problems = CommonRules.checkName(name);
            problems.require(burst >= 0 && burst <= MOST_BURST, "burst", burst, "0 to " + MOST_BURST);
            CommonRules.checkPart(problems, "delay", delay, 0, burst, "0 to the burst");
            boolean usable = CommonRules.isWithin(period, Duration.ofSeconds(1), LONGEST)
                    && period.equals(Duration.ofSeconds(period.toSeconds()));
            problems.require(usable, "period", period, "whole seconds, 1 s to 366 days");
            problems.require(rate >= 1 && rate <= MOST_UNITS, "rate", rate, "1 to a million a second");
            if (problems.isEmpty()) {
                long thousandths = rate * 1_000 / period.toSeconds();
                problems.require(
                        thousandths >= 1 && thousandths <= MOST_UNITS,
                        "rate",
                        rate,
                        "a thousandth of one a second to a million a second");
                problems.require(
                        thousandths < 1 || (burst - delay) * 1_000_000 / thousandths <= LONGEST_DELAY.toMillis(),
                        "burst",
                        burst,
                        "small enough that nobody waits for more than an hour");
            }
            problems.throwIfAny("limit " + name);
        }

        /** {@code limit_req} with a burst of which all wait; without a burst nobody does. */
        public static LeakyBucket of(String name, long rate, Duration period, long burst) {
            return new LeakyBucket(name, rate, period, burst, 0);
        }

        /** The same with nobody made to wait: {@code nodelay}. */
        public LeakyBucket nodelay() {
            return new LeakyBucket(name, rate, period, burst, burst);
        }

        /** Thousandths of a unit that leak out in a second, rounded down as nginx does. */
        public long thousandthsPerSecond() {
            return rate * 1_000 / period.toSeconds();
        }

        /** The burst, and the one that it is beyond. */
        @Override
        public long quota() {
            return burst + 1;
        }

        /** The time in which a full bucket leaks out. */
        @Override
        public Duration window() {
            return Duration.ofMillis(Math.max(1, quota() * 1_000_000 / thousandthsPerSecond()));
        }

        @Override
        public RateLimit share(int parts) {
            // the rate is divided by a longer period, so that nothing of it is lost where that can be
            Duration longer = period.multipliedBy(parts);
            return longer.compareTo(LONGEST) <= 0 && rate * 1_000 / longer.toSeconds() >= 1
                    ? new LeakyBucket(name, rate, longer, burst / parts, delay / parts)
                    : new LeakyBucket(name, Math.max(1, rate / parts), period, burst / parts, delay / parts);
        }
    }

    /**
     * A number of requests at the same time. A unit is held until the request that took it has ended.
     *
     * @param name what it is called
     * @param capacity how many at a time, 1 to a thousand million
     * @param queue how many may wait for one to end, 0 to ten thousand for each key
     * @param maxWait how long each of them at most; zero without a queue, else 1 ms to 1 minute
     */
    record Concurrency(String name, long capacity, int queue, Duration maxWait) implements RateLimit {

        private static final int MOST_QUEUE = 10_000;
        private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

        /**
         * Checks the numbers.
         *
         * @throws dev.lintel.option.GatewayException with every problem
         */
        public Concurrency {
            Problems problems = CommonRules.check(name, capacity);
            problems.require(queue >= 0 && queue <= MOST_QUEUE, "queue", queue, "0 to " + MOST_QUEUE);
            boolean fits =
                    queue == 0 ? maxWait.isZero() : CommonRules.isWithin(maxWait, Duration.ofMillis(1), LONGEST_WAIT);
            problems.require(fits, "maxWait", maxWait, "1 ms to 1 minute with a queue, zero without");
            problems.throwIfAny("limit " + name);
        }

        /** Without a queue: what is too much at a time is refused at once. */
        public static Concurrency of(String name, long capacity) {
            return new Concurrency(name, capacity, 0, Duration.ZERO);
        }

        @Override
        public long quota() {
            return capacity;
        }

        /** Zero: units come back when requests end. */
        @Override
        public Duration window() {
            return Duration.ZERO;
        }

        @Override
        public RateLimit share(int parts) {
            int part = queue / parts;
            return new Concurrency(name, Math.max(1, capacity / parts), part, part == 0 ? Duration.ZERO : maxWait);
        }
    }

    /**
     * Nothing is ever allowed. Said in so many words, since a limit of 0 elsewhere is more likely a mistake.
     *
     * @param name what it is called
     */
    record BlockAll(String name) implements RateLimit {

        /**
         * Checks the name.
         *
         * @throws dev.lintel.option.GatewayException if it is not one
         */
        public BlockAll {
            CommonRules.checkName(name).throwIfAny("limit " + name);
        }

        @Override
        public long quota() {
            return 0;
        }

        /** A day: asking again sooner is surely in vain. */
        @Override
        public Duration window() {
            return Duration.ofDays(1);
        }

        @Override
        public RateLimit share(int parts) {
            return this;
        }
    }
}
