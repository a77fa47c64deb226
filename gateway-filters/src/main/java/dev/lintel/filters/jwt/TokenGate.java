package dev.lintel.filters.jwt;

import dev.lintel.measure.Measures;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one filter decides with: its keys, its cache, and the verifier that knows neither. Thread-safe. */
final class TokenGate {

    private static final Logger LOG = LoggerFactory.getLogger(JwtAuthFilter.class);

    private final JwtOptions options;
    private final TokenVerifier verifier;
    private final @Nullable TokenCache cache;
    private final Throttle warnings;
    private final Consumer<KeySet> evict;
    private volatile @Nullable KeySource source;
    private volatile boolean hadKeys;
    private int starts;

    TokenGate(JwtOptions options) {
        this(options, Delay.BACKGROUND);
    }

    /** @param delay when a file of keys is looked at again */
    TokenGate(JwtOptions options, Delay delay) {
        this.options = options;
        this.verifier = new TokenVerifier(
                options.algorithms(),
                options.maxTokenLength(),
                options.claimRules(),
                options.callerRules(),
                options.refusals());
        this.cache = options.cacheWeight() == 0 ? null : new TokenCache(options.cacheWeight());
        this.warnings = new Throttle(Duration.ofSeconds(10), options.nanos());
        this.evict = keys -> {
            if (cache != null) {
                cache.retain(keys);
            }
        };
        if (options.keys() instanceof KeyPlan.Fixed fixed) {
            this.source = fixed.keys();
        } else if (options.keys() instanceof KeyPlan.Watched watched) {
            this.source = new FileKeys(watched.file(), watched.version(), watched.keys(), delay, evict);
        }
    }

    /**
     * Begins to fetch keys, or to look for changes of a file, if that is where they come from. A filter that is mounted
     * twice, as while one gateway follows another, is started twice and stopped twice.
     */
    synchronized void start() {
        if (starts++ > 0) {
            return;
        }
        if (source instanceof FileKeys file) {
            file.start();
        } else if (options.keys() instanceof KeyPlan.Remote remote) {
            RemoteKeys keys = SharedKeys.ofProcess().acquire(remote.spec());
            keys.addListener(evict);
            source = keys;
        }
    }

    /** Ends what {@link #start} began, when called as often. */
    synchronized void stop() {
        if (starts == 0 || --starts > 0) {
            return;
        }
        if (source instanceof FileKeys file) {
            file.close();
        } else if (options.keys() instanceof KeyPlan.Remote remote && source instanceof RemoteKeys keys) {
            keys.removeListener(evict);
            source = null;
            SharedKeys.ofProcess().release(remote.spec());
        }
    }

    /** Tells of the key set, where it is fetched. */
    void measure(Measures measures) {
        if (source instanceof RemoteKeys keys) {
            keys.measure(measures);
        }
    }

    /** Whether there have been keys since the filter was made; once there were, this does not change any more. */
    boolean hadKeys() {
        KeySource from = source;
        if (!hadKeys && from != null && from.keys() != null) {
            hadKeys = true;
        }
        return hadKeys;
    }

    /**
     * What the token {@code line[from, end)} is worth now. Decides by the verifier alone; what the cache adds is speed.
     *
     * @param now milliseconds since the epoch
     */
    TokenDecision decide(String line, int from, long now) {
        return decide(line, from, now, cache);
    }

    /** The same without a cache, and so without any effect. */
    TokenDecision foresee(String line, int from, long now) {
        return decide(line, from, now, null);
    }

    private TokenDecision decide(String line, int from, long now, @Nullable TokenCache kept) {
        KeySource current = source;
        KeySet keys = current == null ? null : current.keys();
        if (keys == null) {
            return TokenDecision.NO_KEYS;
        }
        if (line.length() - from > options.maxTokenLength()) {
            return TokenDecision.TOO_LONG;
        }
        TokenDigest digest = TokenDigest.of(line, from);
        TokenDecision.Verified known = kept == null ? null : kept.find(digest, keys, now);
        if (known != null) {
            return known;
        }
        TokenDecision decision = verifier.decide(line.substring(from), digest, keys, now);
        if (kept != null && decision instanceof TokenDecision.Verified verified) {
            kept.keep(digest, verified, now);
        }
        return decision;
    }

    /** Whether it is known where keys come from; not before {@link #start} if that is an issuer. */
    boolean hasSource() {
        return source != null;
    }

    /** See {@link KeySource#renewal}. */
    @Nullable
    CompletableFuture<Boolean> renewal(@Nullable KeySet seen) {
        KeySource from = source;
        return from == null ? null : from.renewal(seen);
    }

    /** Logs why tokens are refused, at most one line in ten seconds and nothing of the token. */
    void refused(String reason) {
        if (warnings.passes()) {
            LOG.warn("bearer token refused: {} ({} more refused since the last such line)", reason, warnings.held());
        }
    }
}
