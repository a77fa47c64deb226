/**
 * How often something may happen, for whom, and who keeps count: {@link dev.lintel.limit.RateLimit},
 * {@link dev.lintel.limit.LimitKey}, {@link dev.lintel.limit.RateLimiter}. Imports {@code dev.lintel}, {@code option},
 * {@code request} and {@code identity}; nothing of the gateway imports this package.
 */
@NullMarked
package dev.lintel.limit;

import org.jspecify.annotations.NullMarked;
