package dev.lintel.redis;

import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What happens to a server and the wire to it, and how it ends.
 *
 * @param name the row of the hostile inputs
 * @param words what the store says of it
 */
record Fault(String name, String words, Consumer<Setup> begin, Consumer<Setup> end) {

    record Setup(RedisServer server, FaultProxy wire) {}

    static Stream<Fault> all() {
        return Stream.of(
                new Fault(
                        "K17 stopped",
                        "no answer in time",
                        setup -> setup.server.pause(),
                        setup -> setup.server.resume()),
                new Fault(
                        "K17 black hole",
                        "no answer in time",
                        setup -> setup.wire.set(FaultProxy.Wire.BLACK_HOLE),
                        Fault::good),
                new Fault(
                        "K18 slow",
                        "no answer in time",
                        setup -> setup.wire.delay(2_000),
                        setup -> setup.wire.delay(0)),
                new Fault("K17 resets", "", setup -> setup.wire.set(FaultProxy.Wire.RESETS), Fault::good),
                new Fault("K16 killed", "", setup -> setup.server.kill(), setup -> setup.server.restart()),
                new Fault(
                        "K20 full",
                        "it answers OOM",
                        setup -> setup.server.call("CONFIG", "SET", "maxmemory", "1"),
                        setup -> setup.server.call("CONFIG", "SET", "maxmemory", "0")),
                new Fault(
                        "K21 demoted",
                        "it answers READONLY",
                        setup -> setup.server.call("REPLICAOF", "127.0.0.1", "1"),
                        setup -> setup.server.call("REPLICAOF", "NO", "ONE")),
                new Fault(
                        "K24 another password",
                        "it answers",
                        setup -> {
                            setup.server.call("CONFIG", "SET", "requirepass", "other");
                            setup.wire.set(FaultProxy.Wire.RESETS);
                            setup.wire.set(FaultProxy.Wire.GOOD);
                        },
                        setup -> {
                            try (RespClient client = new RespClient(setup.server.port())) {
                                client.call("AUTH", "other");
                                client.call("CONFIG", "SET", "requirepass", "");
                            }
                        }));
    }

    private static void good(Setup setup) {
        setup.wire.set(FaultProxy.Wire.GOOD);
    }
}
