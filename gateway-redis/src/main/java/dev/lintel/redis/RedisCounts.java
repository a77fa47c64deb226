package dev.lintel.redis;

import dev.lintel.measure.Measures;

/**
 * What a {@link RedisStore} has done since it was built, for metrics. Immutable and thread-safe.
 *
 * @param available whether Redis is asked now
 * @param gateways how many gateways share the counts, this one included, as last known; at least 1
 * @param answered questions that Redis answered in time
 * @param late questions that it did not answer in time
 * @param failed questions that it answered by an error, or on which it was lost
 * @param unasked questions that were not put, since it was known not to answer or too many were unanswered
 * @param leased decisions out of units that had been taken in advance
 * @param outages how often it was found not to answer
 */
public record RedisCounts(
        boolean available,
        int gateways,
        long answered,
        long late,
        long failed,
        long unasked,
        long leased,
        long outages) {

    /** Tells them. */
    void measure(Measures measures) {
        measures.gauge("gateway.redis.available", "Whether Redis is asked now: 1 or 0.", available ? 1 : 0);
        measures.gauge("gateway.redis.gateways", "Gateways that share the counts.", gateways);
        String questions = "gateway.redis.questions";
        String told = "Questions about limits, by what came of them.";
        measures.counter(questions, told, (double) answered, "outcome", "answered");
        measures.counter(questions, told, (double) late, "outcome", "late");
        measures.counter(questions, told, (double) failed, "outcome", "failed");
        measures.counter(questions, told, (double) unasked, "outcome", "unasked");
        measures.counter("gateway.redis.leased", "Decisions out of units taken in advance.", (double) leased);
        measures.counter("gateway.redis.outages", "How often Redis was found not to answer.", (double) outages);
    }
}
