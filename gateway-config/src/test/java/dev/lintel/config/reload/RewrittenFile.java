package dev.lintel.config.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.config.GatewayFile;
import dev.lintel.config.LoadedGateway;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A server whose file is rewritten with other routes and other limits each time, one time in five so that it cannot be used, and read anew by
 * {@code POST /reload}. After each time the gateway is the new one, or the one before if the file was wrong.
 */
final class RewrittenFile implements AutoCloseable {

    private final GatewayServer upstream;
    private final Path file;
    private final GatewayServer server;
    private final RawClient admin;
    private final RawClient client;
    private volatile int serving;
    private int swaps;

    /** Starts it with number 0. */
    RewrittenFile(Path folder) throws IOException {
        Filter echo = (request, response, chain) -> {
            response.setContentType("text/plain");
            response.getWriter().print(((HttpServletRequest) request).getHeader("X-Version"));
        };
        upstream = GatewayServer.builder(Gateway.builder()
                        .route(Route.named("echo").path("/**").filter(echo).answer(200, "text/plain", ""))
                        .build())
                .port(0)
                .withoutAdminPort()
                .start();
        file = Files.writeString(folder.resolve("gateway.yaml"), text(0));
        GatewayFile source = GatewayFile.of(file);
        LoadedGateway loaded = source.load();
        assertThat(loaded.report().findings()).as(loaded.report().text()).isEmpty();
        server = loaded.server().reloader(ReloadedFile.of(source, loaded)).start();
        admin = RawClient.connect(server.adminUri().getPort());
        client = RawClient.connect(server.port());
    }

    int port() {
        return server.port();
    }

    /** The number of the gateway that serves at least. */
    int serving() {
        return serving;
    }

    /** How often another gateway has taken over. */
    int swaps() {
        return swaps;
    }

    /** Rewrites the file, has it read, and looks what serves then. */
    void rewrite(int number) throws IOException {
        String fault = fault(number);
        swaps += fault.isEmpty() ? 1 : 0;
        write(number, broken(fault, text(number)));
        RawResponse answer = admin.send(RawRequest.post("/reload")).readResponse();
        assertThat(answer.status()).as(answer.bodyText()).isEqualTo(fault.isEmpty() ? 200 : 422);
        if (fault.isEmpty()) {
            serving = number;
            limits();
        }
        assertThat(get("/new/" + serving).bodyText()).isEqualTo("" + serving);
        assertThat(get("/new/" + (number - 1)).status()).isEqualTo(serving == number - 1 ? 200 : 404);
    }

    /** Another limit each time, which therefore begins anew. */
    private void limits() {
        for (int i = 0; i < capacity(); i++) {
            assertThat(get("/limited").status()).isEqualTo(200);
        }
        assertThat(get("/limited").status()).isEqualTo(429);
    }

    private RawResponse get(String path) {
        return client.send(RawRequest.get(path)).readResponse();
    }

    private int capacity() {
        return 1 + swaps % 3;
    }

    private void write(int number, String text) throws IOException {
        if (number % 2 == 0) {
            Files.writeString(file, text);
        } else {
            Path next = Files.writeString(file.resolveSibling("next"), text);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static String fault(int number) {
        return switch (number % 20) {
            case 3, 13 -> "unknown key";
            case 7 -> "cut off";
            case 17 -> "test that fails";
            default -> "";
        };
    }

    private static String broken(String fault, String text) {
        return switch (fault) {
            case "unknown key" -> text.replace("auth:", "auht:");
            case "cut off" -> text.substring(0, text.indexOf("routes:") + 80);
            case "test that fails" -> text.replace("expect: { route: fixed", "expect: { route: through");
            default -> text;
        };
    }

    private String text(int number) {
        return """
                version: 1
                lint: { filter-order: off }
                server: { host: 127.0.0.1, port: 0, adminPort: 0 }
                filters:
                  - requestId
                  - responseTransform: { set: { X-Version: "%1$d" } }
                upstreams:
                  service: { targets: ["%2$s"], maxConnections: %3$d }
                routes:
                  - id: through
                    match: { path: /through }
                    auth: none
                    filters:
                      - rateLimit: { limits: all=%4$d/1s, key: route }
                      - requestTransform: { set: { X-Version: "%1$d" } }
                    upstream: service
                  - { id: fixed, match: { path: /fixed }, auth: none, answer: { status: 200, body: "%1$d" } }
                  - { id: new-%1$d, match: { path: "/new/%1$d" }, auth: none, answer: { status: 200, body: "%1$d" } }
                  - id: limited
                    match: { path: /limited }
                    auth: none
                    filters: [ { rateLimit: { limits: few-%1$d=%5$d/1h, key: route } } ]
                    answer: { status: 200 }
                tests:
                  - { request: GET /fixed, expect: { route: fixed, status: 200 } }
                """.formatted(number, upstream.uri(), 8 + number % 3, 900_000 + number % 5, capacity());
    }

    @Override
    public void close() {
        admin.close();
        client.close();
        server.close();
        upstream.close();
    }
}
