package dev.lintel.examples;

import static dev.lintel.test.GatewayAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.config.GatewayFile;
import dev.lintel.config.LoadedGateway;
import dev.lintel.explain.RequestDescription;
import dev.lintel.router.Explainer;
import dev.lintel.test.GatewayFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is a file is explained, asserted on and tried like one in code. */
class GatewayFileUnderTestTest {

    private static final String YAML = """
            version: 1
            filters:
              - requestId
            upstreams:
              orders: [http://orders.internal:9001]
            routes:
              - id: orders
                match: { path: /api/orders/** }
                filters:
                  - apiKey: { keys: "acme:%s" }
                  - rateLimit: { limits: per-consumer=2/1m, key: consumer }
                stripPrefix: /api
                upstream: orders
            """.formatted("ab".repeat(32));

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("gateway.yaml"), YAML);
    }

    @Test
    void tellsTheLineOfEachElement() {
        LoadedGateway loaded = GatewayFile.load(file);
        String told = Explainer.of(loaded.gateway())
                .explain(RequestDescription.of("GET", "/api/orders/1"))
                .text(element -> loaded.positions()
                        .nearest(element)
                        .map(position -> "line " + position.line())
                        .orElse(null));
        assertThat(told)
                .contains("route     orders  [line 7]\n")
                .contains("RequestIdFilter   passes  [line 3]\n")
                .contains("ApiKeyAuthFilter  refuses  [line 10]\n")
                .contains("RateLimitFilter   not reached  [line 11]\n");
    }

    @Test
    void isAssertedOn() {
        assertThat(GatewayFile.of(file).get())
                .get("/api/orders/1")
                .takesRoute("orders")
                .isRefusedWith(401, "key-missing");
    }

    @Test
    void isTriedOnAServer() {
        try (GatewayFixture fixture = GatewayFixture.of(GatewayFile.of(file)).start()) {
            assertThat(fixture.get("/api/orders").apiKey("wrong").send().status())
                    .isEqualTo(401);
            assertThat(fixture.stub("orders").requests()).isEmpty();
        }
    }
}
