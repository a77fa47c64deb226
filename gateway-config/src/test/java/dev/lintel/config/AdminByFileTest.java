package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.server.GatewayServer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** P20: what a file says of the admin port, and what everybody else gets of it. */
class AdminByFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/ready", "/reload", "/metrics", "/explain?method=GET&url=/", "/limits"})
    void nothingOfItIsAtThePortOfClients(String path) throws IOException {
        try (GatewayServer server = start("adminPort: 0")) {
            assertThat(server.adminUri().getPort()).isNotEqualTo(server.port());
            RawRequest[] requests = {RawRequest.get(path), RawRequest.post(path)};
            for (RawRequest request : requests) {
                assertThat(RawClient.exchange(server.port(), request).status()).isEqualTo(404);
            }
        }
    }

    @Test
    void listensOnLoopbackAlone() throws IOException {
        try (GatewayServer server = start("adminPort: 0, host: 0.0.0.0")) {
            assertThat(server.adminUri().getHost()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void isNotThereIfTheFileSaysNone() throws IOException {
        try (GatewayServer server = start("adminPort: none")) {
            assertThatThrownBy(server::adminUri).hasMessageContaining("no admin port");
        }
    }

    /** A page in somebody's browser reaches loopback, too: by itself, or by a name that leads there. */
    @ParameterizedTest
    @ValueSource(strings = {"Origin: https://elsewhere.example", "Host: rebound.example"})
    void doesNothingForPages(String field) throws IOException {
        try (GatewayServer server = start("adminPort: 0")) {
            String host = field.startsWith("Host") ? "" : "Host: localhost\r\n";
            try (RawClient page = RawClient.connect(server.adminUri().getPort())) {
                page.send("POST /reload HTTP/1.1\r\n" + host + field + "\r\nContent-Length: 0\r\n\r\n");
                assertThat(page.readResponse().status()).isIn(403, 421);
            }
        }
    }

    private GatewayServer start(String options) throws IOException {
        String host = options.contains("host:") ? "" : "host: 127.0.0.1, ";
        GatewayFile file = GatewayFile.of(Files.writeString(
                folder.resolve("gateway.yaml"),
                "version: 1\nserver: { " + host + "port: 0, " + options + " }\n"
                        + "routes: [ { id: r, match: { path: /r }, answer: { status: 200 } } ]\n"));
        return file.load().server().reloader(file).start();
    }
}
