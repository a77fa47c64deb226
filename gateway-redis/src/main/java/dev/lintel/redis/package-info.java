/**
 * Counts that several gateways share through Redis or Valkey: {@link dev.lintel.redis.RedisStore}. The only package that knows the
 * client for Redis.
 */
@NullMarked
package dev.lintel.redis;

import org.jspecify.annotations.NullMarked;
