package dev.lintel.redis;

import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A connection by Lettuce, to one server or to a cluster. Thread-safe. */
final class LettuceLink implements Link {

    private static final int MOST_TRIES = 100_000;

    private final StatefulConnection<String, String> connection;
    private final RedisScriptingAsyncCommands<String, String> commands;

    LettuceLink(StatefulConnection<String, String> connection, RedisScriptingAsyncCommands<String, String> commands) {
        this.connection = connection;
        this.commands = commands;
    }

    @Override
    public CompletionStage<List<Long>> run(Script script, String[] keys, String[] arguments) {
        CompletableFuture<List<Long>> answer = new CompletableFuture<>();
        CompletionStage<List<Long>> known = commands.evalsha(script.digest(), ScriptOutputType.MULTI, keys, arguments);
        var unused = known.whenComplete((numbers, failure) -> {
            if (failure == null) {
                answer.complete(numbers);
            } else if (cause(failure) instanceof RedisNoScriptException) {
                load(script, keys, arguments, answer);
            } else {
                answer.completeExceptionally(cause(failure));
            }
        });
        return answer;
    }

    /** Running the text is what loads it. */
    private void load(Script script, String[] keys, String[] arguments, CompletableFuture<List<Long>> answer) {
        CompletionStage<List<Long>> loaded = commands.eval(script.text(), ScriptOutputType.MULTI, keys, arguments);
        var unused = loaded.whenComplete((numbers, failure) -> {
            if (failure == null) {
                answer.complete(numbers);
            } else {
                answer.completeExceptionally(cause(failure));
            }
        });
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Tells when it is gone. */
    void onLost(RedisConnectionStateListener listener) {
        connection.addListener(listener);
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public List<String> everywhere(String prefix) {
        if (!(connection instanceof StatefulRedisClusterConnection<?, ?> cluster)) {
            return List.of(prefix + "{0}");
        }
        Set<String> missing = new HashSet<>();
        for (RedisClusterNode node : cluster.getPartitions()) {
            if (!node.getSlots().isEmpty()) {
                missing.add(node.getNodeId());
            }
        }
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < MOST_TRIES && !missing.isEmpty(); i++) {
            String key = prefix + "{" + i + "}";
            RedisClusterNode node = cluster.getPartitions().getPartitionBySlot(SlotHash.getSlot(key));
            if (node != null && missing.remove(node.getNodeId())) {
                keys.add(key);
            }
        }
        return keys.isEmpty() ? List.of(prefix + "{0}") : keys;
    }

    @Override
    public void close() {
        var unused = connection.closeAsync();
    }
}
