package dev.lintel.redis;

import dev.lintel.Background;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes connections by Lettuce: to one server, to the main one that Sentinels name, or to a cluster. Thread-safe. */
final class LettuceDialer implements Dialer {

    /** Lettuce takes no fewer; both are daemons. */
    private static final int THREADS = 2;

    private final ClientResources resources;
    private final @Nullable RedisClient single;
    private final @Nullable RedisClusterClient cluster;
    private final List<RedisURI> addresses;

    LettuceDialer(RedisOptions options) {
        this.addresses = options.address().uris(options.connectTimeout());
        this.resources = Background.detached(LettuceDialer::resources);
        if (options.address().isCluster()) {
            cluster = RedisClusterClient.create(resources, addresses);
            cluster.setOptions(options(ClusterClientOptions.builder(), options)
                    .validateClusterNodeMembership(false)
                    // connections to its servers are made when they are first needed
                    .disconnectedBehavior(ClientOptions.DisconnectedBehavior.ACCEPT_COMMANDS)
                    .build());
            single = null;
        } else {
            single = RedisClient.create(resources);
            single.setOptions(options(ClientOptions.builder(), options).build());
            cluster = null;
        }
    }

    private static ClientResources resources() {
        return ClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .nettyCustomizer(new QuietEnds())
                .build();
    }

    private static <B extends ClientOptions.Builder> B options(B builder, RedisOptions options) {
        builder.autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(options.maxPending() + 64)
                // whoever asks has a deadline of his own
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(options.connectTimeout())
                        .tcpNoDelay(true)
                        .keepAlive(true)
                        .build());
        SslOptions.Builder tls = SslOptions.builder().jdkSslProvider().handshakeTimeout(options.connectTimeout());
        if (options.trustedCertificates() != null) {
            tls.trustManager(options.trustedCertificates().toFile());
        }
        builder.sslOptions(tls.build());
        return builder;
    }

    @Override
    public boolean isCluster() {
        return cluster != null;
    }

    @Override
    public CompletableFuture<Link> dial(Runnable onLost) {
        CompletableFuture<Link> dialled = new CompletableFuture<>();
        try {
            var unused = begin().whenComplete((link, failure) -> {
                if (failure != null) {
                    dialled.completeExceptionally(failure);
                } else if (link.isOpen()) {
                    listen(link, onLost);
                    if (!dialled.complete(link)) {
                        link.close();
                    }
                } else {
                    dialled.completeExceptionally(new IllegalStateException("connection: lost (expected: open)"));
                }
            });
        } catch (RuntimeException notBegun) {
            dialled.completeExceptionally(notBegun);
        }
        return dialled;
    }

    private CompletionStage<LettuceLink> begin() {
        if (cluster != null) {
            return cluster.refreshPartitionsAsync()
                    .thenCompose(known -> cluster.connectAsync(StringCodec.ASCII))
                    .thenApply(connection -> new LettuceLink(connection, connection.async()));
        }
        if (single == null) {
            throw new IllegalStateException("client: none (expected: one)");
        }
        return single.connectAsync(StringCodec.ASCII, addresses.get(0))
                .thenApply(connection -> new LettuceLink(connection, connection.async()));
    }

    private static void listen(LettuceLink link, Runnable onLost) {
        link.onLost(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                onLost.run();
            }
        });
        if (!link.isOpen()) {
            onLost.run();
        }
    }

    @Override
    public void close() {
        AbstractRedisClient client = cluster == null ? single : cluster;
        CompletableFuture<Void> ended =
                client == null ? CompletableFuture.completedFuture(null) : client.shutdownAsync(0, 1, TimeUnit.SECONDS);
        // the threads last, since they close the connections
        var unused = ended.whenComplete((nothing, failure) -> {
            var unusedToo = resources.shutdown(0, 1, TimeUnit.SECONDS);
        });
    }
}
