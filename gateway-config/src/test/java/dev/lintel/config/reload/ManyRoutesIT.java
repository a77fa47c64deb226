package dev.lintel.config.reload;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.lintel.config.GatewayFile;
import dev.lintel.config.LoadedGateway;
import dev.lintel.config.schema.GatewaySchema;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long ten thousand routes take, each with a filter of its own, from a file to a server and again at reloads; asserts what they do, not how
 * long it takes:
 *
 * <pre>
 * mvn -Pintegration -pl gateway-config -am verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=ManyRoutesIT
 * </pre>
 */
class ManyRoutesIT {

    private static final int ROUTES = 10_000;
    private static final int RELOADS = 5;

    @TempDir
    private Path folder;

    @Test
    void tellsHowLongTheyTake() throws Exception {
        Path path = write(0);
        GatewayFile file = GatewayFile.of(path);
        LoadedGateway loaded = timed("load, the first in this JVM", file::load);
        assertThat(loaded.report().errors()).isEmpty();
        assertThat(loaded.gateway().routes()).hasSize(ROUTES);
        ReloadedFile reloaded = ReloadedFile.of(file, loaded);
        try (GatewayServer server = timed(
                "start of the server", () -> loaded.server().reloader(reloaded).start())) {
            for (int i = 1; i <= RELOADS; i++) {
                write(i);
                timed("reload " + i, () -> {
                    server.reload();
                    return server;
                });
                assertThat(body(server)).isEqualTo("" + i);
            }
        }
        String schema = GatewaySchema.text(ManyRoutesIT.class.getClassLoader());
        Object tree = new Load(LoadSettings.builder().setCodePointLimit(1 << 24).build())
                .loadFromString(Files.readString(path));
        String json = JsonMapper.shared().writeValueAsString(tree);
        var faults = timed(
                "check by the schema",
                () -> SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema, InputFormat.JSON)
                        .validate(json, InputFormat.JSON));
        assertThat(faults).isEmpty();
    }

    private static String body(GatewayServer server) {
        return RawClient.exchange(server.port(), RawRequest.get("/a99/b9999/x")).bodyText();
    }

    private static <T> T timed(String what, Callable<T> work) throws Exception {
        long begun = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        T result = work.call();
        System.out.printf(
                "%s: %d ms, %d ms of processor time of its thread%n",
                what,
                (System.nanoTime() - begun) / 1_000_000,
                (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1_000_000);
        return result;
    }

    private Path write(int number) throws IOException {
        StringBuilder text =
                new StringBuilder("version: 1\nserver: { host: 127.0.0.1, port: 0, adminPort: none }\nroutes:\n");
        for (int i = 0; i < ROUTES; i++) {
            text.append("""
                      - id: r%1$d
                        match: { path: "/a%2$d/b%1$d/{id}", methods: [GET, POST] }
                        filters: [ { rateLimit: { limits: few-%3$d=100/1m } } ]
                        auth: none
                        answer: { status: 200, body: "%3$d" }
                    """.formatted(i, i % 100, number));
        }
        return Files.writeString(folder.resolve("gateway.yaml"), text);
    }
}
