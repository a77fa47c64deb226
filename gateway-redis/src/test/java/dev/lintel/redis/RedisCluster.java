package dev.lintel.redis;

import static org.awaitility.Awaitility.await;

import dev.lintel.testing.DeadPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Three main servers of a cluster, each with a third of the slots, and maybe a replica of the first. Not thread-safe. */
final class RedisCluster implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(40);
    private static final int MAINS = 3;
    private static final int SLOTS = 16_384;

    private final List<RedisServer> servers = new ArrayList<>();
    // what the servers say among each other; by itself 10,000 above the other port, where anybody's connection may be
    private final List<DeadPort> buses = new ArrayList<>();

    private RedisCluster() {}

    /**
     * Starts them; whoever does not answer for {@code patience} is believed to be gone.
     *
     * @param options of each server
     */
    static RedisCluster start(Duration patience, boolean replica, String... options) {
        RedisCluster cluster = new RedisCluster();
        try {
            cluster.join(patience, replica, List.of(options));
            return cluster;
        } catch (RuntimeException | AssertionError broken) {
            cluster.close();
            throw broken;
        }
    }

    private void join(Duration patience, boolean replica, List<String> more) {
        String millis = Long.toString(patience.toMillis());
        int size = replica ? MAINS + 1 : MAINS;
        for (int i = 0; i < size; i++) {
            buses.add(DeadPort.refusing());
            List<String> options = new ArrayList<>(more);
            options.addAll(List.of(
                    "--cluster-enabled",
                    "yes",
                    "--cluster-port",
                    bus(i),
                    "--cluster-node-timeout",
                    millis,
                    "--repl-ping-replica-period",
                    "1",
                    "--repl-diskless-sync-delay",
                    "0"));
            servers.add(RedisServer.start(options.toArray(String[]::new)));
        }
        for (int i = 0; i < MAINS; i++) {
            int from = SLOTS * i / MAINS;
            int to = SLOTS * (i + 1) / MAINS - 1;
            server(i).call("CLUSTER", "ADDSLOTSRANGE", Integer.toString(from), Integer.toString(to));
            server(i).call("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
        }
        String first = Integer.toString(server(0).port());
        servers.forEach(server -> server.call("CLUSTER", "MEET", "127.0.0.1", first, bus(0)));
        await().atMost(LONG).until(() -> servers.stream().allMatch(server -> isWhole(server, size)));
        if (replica) {
            server(MAINS).call("CLUSTER", "REPLICATE", String.valueOf(server(0).call("CLUSTER", "MYID")));
            await().atMost(LONG)
                    .until(() -> String.valueOf(server(MAINS).call("INFO", "replication"))
                            .contains("master_link_status:up"));
        }
    }

    private String bus(int number) {
        return Integer.toString(buses.get(number).port());
    }

    private static boolean isWhole(RedisServer server, int size) {
        String info = String.valueOf(server.call("CLUSTER", "INFO"));
        return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + size);
    }

    /** One of the main servers by number, then the replica of the first. */
    RedisServer server(int number) {
        return servers.get(number);
    }

    /** The replica of the first. */
    RedisServer replica() {
        return server(MAINS);
    }

    String uri() {
        return uri("");
    }

    /** Told who asks: {@code user:password@}. */
    String uri(String who) {
        return servers.stream()
                .map(server -> "127.0.0.1:" + server.port())
                .collect(Collectors.joining(",", "redis-cluster://" + who, ""));
    }

    /** Asks each of them something. */
    void callAll(String... words) {
        servers.forEach(server -> server.call(words));
    }

    @Override
    public void close() {
        servers.forEach(RedisServer::close);
        buses.forEach(DeadPort::close);
    }
}
