package dev.lintel.limit;

import dev.lintel.option.Names;
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

    /** The time in which {@link #quota} units are granted, on average. More than zero. */
    Duration window();

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
            // what equals the capacity is as wrong as that, and told already
            problems.require(
                    refill >= 1 && refill <= capacity || refill == capacity,
                    "refill",
                    refill,
                    "1 to the capacity, with a shorter period for a higher rate");
            problems.require(
                    initial >= 0 && initial <= capacity || initial == capacity,
                    "initial",
                    initial,
                    "0 to the capacity");
            boolean usable = period.compareTo(Duration.ofMillis(1)) >= 0 && period.compareTo(LONGEST) <= 0;
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
    }

    /**
     * A number of units in each window of the UTC calendar: each second, minute, hour, day, or an even part of a day. Lives
     * by the wall clock.
     *
     * @param name what it is called
     * @param capacity how many units each window has, 1 to a thousand million
     * @param window whole seconds that divide a day evenly, 1 second to 1 day
     */
    record FixedWindow(String name, long capacity, Duration window) implements RateLimit {

        private static final long DAY = Duration.ofDays(1).toSeconds();

        /**
         * Checks the numbers.
         *
         * @throws dev.lintel.option.GatewayException with every problem
         */
        public FixedWindow {
            Problems problems = CommonRules.check(name, capacity);
            boolean even = window.toSeconds() >= 1
                    && Duration.ofSeconds(window.toSeconds()).equals(window)
                    && DAY % window.toSeconds() == 0;
            problems.require(even, "window", window, "whole seconds that divide a day evenly, 1 s to 1 day");
            problems.throwIfAny("limit " + name);
        }

        @Override
        public long quota() {
            return capacity;
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
            Problems problems = new Problems();
            problems.require(Names.areValid(name), "name", name, Names.RULE);
            problems.throwIfAny("limit " + name);
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
    }
}
