package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.config.reload.FileWatch;
import dev.lintel.config.reload.ReloadedFile;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file of a gateway names is read again with it where nobody else sees that it changes. */
class WatchedFilesTest {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private static String digest(String key) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }

    private static void awaitStatus(GatewayServer server, String key, int status) {
        RawRequest request = RawRequest.get("/r").header("X-API-Key", key);
        await().atMost(LONGEST)
                .until(() -> RawClient.exchange(server.port(), request).status() == status);
    }

    @Test
    void aKeyThatIsTakenOutOfItsFileIsRefused() throws IOException, GeneralSecurityException {
        Path keys = Files.writeString(folder.resolve("keys"), "acme:" + digest("key-one") + "\n");
        Path one = Files.writeString(folder.resolve("one"), digest("key-two"));
        Files.writeString(folder.resolve("gateway.yaml"), """
                version: 1
                server: { host: 127.0.0.1, port: 0, adminPort: none }
                consumers: [ { id: other, apiKeySha256File: one } ]
                routes:
                  - { id: r, match: { path: /r }, filters: [ { apiKey: { keysFile: keys, consumers: other } } ], answer: { status: 200 } }
                """);
        GatewayFile file = GatewayFile.of(folder.resolve("gateway.yaml"));
        LoadedGateway loaded = file.load();
        ReloadedFile reloaded = ReloadedFile.of(file, loaded);
        try (GatewayServer server = loaded.server().reloader(reloaded).start();
                FileWatch watch = FileWatch.start(reloaded::files, server::reload)) {
            awaitStatus(server, "key-one", 200);
            awaitStatus(server, "key-two", 200);
            Files.writeString(keys, "acme:" + digest("key-three") + "\n");
            awaitStatus(server, "key-one", 401);
            awaitStatus(server, "key-three", 200);
            Files.writeString(one, digest("key-four"));
            awaitStatus(server, "key-two", 401);
            awaitStatus(server, "key-four", 200);
            assertThat(watch.toString()).startsWith("3 files");
        }
    }

    @Test
    void filesOfTlsToUpstreamsAreAmongThoseToWatch() throws IOException {
        Files.writeString(folder.resolve("gateway.yaml"), """
                version: 1
                upstreams:
                  a:
                    targets: https://a.example
                    tls: { authorities: ca.pem, clientCertificate: { certificates: c.pem, key: c.key, passwordFile: pass } }
                routes: [ { id: r, match: { path: /r }, auth: none, upstream: a } ]
                """);
        assertThat(GatewayFile.load(folder.resolve("gateway.yaml")).files())
                .extracting(path -> path.getFileName().toString())
                .containsExactlyInAnyOrder("gateway.yaml", "ca.pem", "c.pem", "c.key", "pass");
    }
}
