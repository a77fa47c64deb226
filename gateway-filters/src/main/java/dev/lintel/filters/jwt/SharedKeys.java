package dev.lintel.filters.jwt;

import dev.lintel.Background;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fetched key sets of this process, one for each {@link RemoteSpec}, however many filters use it; a filter that takes
 * over from an equal one, as at a change of configuration, finds the keys there. The last to leave ends the fetches, and
 * with the last set the HTTP client and its thread go too, so that a web application can be unloaded.
 */
final class SharedKeys {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(SharedKeys.class);

    private static final SharedKeys PROCESS = new SharedKeys();

    private final Map<RemoteSpec, Shared> all = new HashMap<>();
    private @Nullable HttpClient client;

    private static final class Shared {
        final RemoteKeys keys;
        int users;

        Shared(RemoteKeys keys) {
            this.keys = keys;
        }
    }

    private SharedKeys() {}

    static SharedKeys ofProcess() {
        return PROCESS;
    }

    /** The set for {@code spec}, whose first fetch is under way or done; to be released once. */
    synchronized RemoteKeys acquire(RemoteSpec spec) {
        Shared shared = all.get(spec);
        if (shared == null) {
            shared = new Shared(create(spec));
            all.put(spec, shared);
            shared.keys.start();
        }
        shared.users++;
        return shared.keys;
    }

    /** Gives back what {@link #acquire} gave for {@code spec}. */
    synchronized void release(RemoteSpec spec) {
        Shared shared = all.get(spec);
        if (shared != null && --shared.users == 0) {
            all.remove(spec);
            shared.keys.close();
        }
        HttpClient last = client;
        if (all.isEmpty() && last != null) {
            client = null;
            end(last);
        }
    }

    private static HttpClient newClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(Background.workers())
                .build();
    }

    /** Ends the client's thread where that can be asked for (Java 21); elsewhere it ends once nobody holds the client. */
    private static void end(HttpClient client) {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(client);
        } catch (NoSuchMethodException older) {
            LOG.debug("client for keys: left to the garbage collector");
        } catch (ReflectiveOperationException failed) {
            LOG.warn("client for keys: not ended ({})", failed.toString());
        }
    }

    private RemoteKeys create(RemoteSpec spec) {
        HttpClient http = client;
        if (http == null) {
            http = Background.detached(SharedKeys::newClient);
            client = http;
        }
        JwkReader reader = new JwkReader(spec.algorithms());
        String issuer = spec.issuer();
        KeyFetch fetch = issuer == null
                ? HttpKeyFetch.of(http, spec.uri(), spec.timeout(), reader)
                : HttpKeyFetch.discovering(http, spec.uri(), issuer, spec.timeout(), spec.insecureAllowed(), reader);
        return new RemoteKeys(
                KeyLocation.forLogs(spec.uri()),
                fetch,
                spec.refreshInterval(),
                spec.maxAge(),
                KeySource.MAX_WAIT,
                spec.nanos(),
                Delay.BACKGROUND);
    }
}
