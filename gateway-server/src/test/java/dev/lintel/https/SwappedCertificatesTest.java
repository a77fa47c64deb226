package dev.lintel.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.option.Problems;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.CapturedLog;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.TestAuthority;
import dev.lintel.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of certificates are watched, and what can be used in them is taken over. */
class SwappedCertificatesTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create();
    private static final SSLContext TRUST = AUTHORITY.trusting();
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private static TestCertificate issue() {
        return AUTHORITY.issue("localhost");
    }

    private TlsBuilder tls() {
        return TlsServer.certificate(TlsBuilder.create(), directory, "server").watchInterval(Duration.ofMillis(20));
    }

    private static String shown(GatewayServer server) {
        return TlsServer.shown(server.port(), AUTHORITY.trusting(), "localhost");
    }

    private static void awaitAnother(GatewayServer server, String before) {
        await().atMost(LONGEST).until(() -> !shown(server).equals(before));
    }

    private static String ready(GatewayServer server) {
        RawResponse ready = RawClient.exchange(server.adminUri().getPort(), RawRequest.get("/ready"));
        assertThat(ready.status()).isEqualTo(200);
        return ready.bodyText();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void byWritingThemAnewWhileConnectionsGoOn(boolean oneLoop) throws IOException {
        TlsServer.write(directory, "server", issue());
        try (GatewayServer server = TlsServer.builder(tls()).oneLoop(oneLoop).start();
                RawClient open = RawClient.connectTls(server.port(), TRUST, "localhost")) {
            String before = TlsServer.serial(open);
            assertThat(TlsServer.get(open, "localhost").status()).isEqualTo(200);
            TlsServer.write(directory, "server", issue());
            awaitAnother(server, before);
            assertThat(TlsServer.get(open, "localhost").status()).isEqualTo(200);
        }
    }

    @Test
    void byMovingOthersInTheirPlace() throws IOException {
        TlsServer.write(directory, "server", issue());
        try (GatewayServer server = TlsServer.builder(tls()).start()) {
            String before = shown(server);
            TlsServer.write(directory, "next", issue());
            for (String end : new String[] {".pem", ".key"}) {
                Files.move(
                        directory.resolve("next" + end),
                        directory.resolve("server" + end),
                        StandardCopyOption.ATOMIC_MOVE);
            }
            awaitAnother(server, before);
        }
    }

    @Test
    void byTurningALinkAsKubernetesDoes() throws IOException {
        TlsServer.write(Files.createDirectory(directory.resolve("..1")), "server", issue());
        TlsServer.write(Files.createDirectory(directory.resolve("..2")), "server", issue());
        Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..1"));
        for (String name : new String[] {"server.pem", "server.key"}) {
            Files.createSymbolicLink(directory.resolve(name), Path.of("..data", name));
        }
        try (GatewayServer server = TlsServer.builder(tls()).start()) {
            String before = shown(server);
            Path next = Files.createSymbolicLink(directory.resolve("..next"), Path.of("..2"));
            Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
            awaitAnother(server, before);
        }
    }

    @Test
    void whatCannotBeUsedChangesNothingAndIsToldUntilItCan() throws IOException {
        TlsServer.write(directory, "server", issue());
        try (CapturedLog log = CapturedLog.start();
                GatewayServer server = TlsServer.builder(tls()).start()) {
            String before = shown(server);
            Path next = Files.writeString(directory.resolve("next"), issue().privateKeyPem());
            Files.move(next, directory.resolve("server.key"), StandardCopyOption.ATOMIC_MOVE);
            await().atMost(LONGEST).until(() -> ready(server).contains("\"tls\":{\"failed\":"));
            assertThat(ready(server))
                    .contains("tls.key: " + directory.resolve("server.key"))
                    .contains("the private key of the first certificate");
            assertThat(shown(server)).isEqualTo(before);
            Files.delete(directory.resolve("server.key"));
            await().atMost(LONGEST).until(() -> ready(server).contains("a file that can be read"));
            assertThat(shown(server)).isEqualTo(before);
            TlsServer.write(directory, "server", issue());
            awaitAnother(server, before);
            await().atMost(LONGEST).until(() -> ready(server).equals("{\"status\":\"ready\"}"));
            assertThat(log.lines().stream()
                            .filter(line -> line.contains("certificates stay as they are"))
                            .map(line -> line.substring(line.indexOf("certificates")))
                            .distinct())
                    .hasSize(2);
        }
    }

    @Test
    void aReloadTakesThemOverWithTheGatewayOrNeither() throws IOException {
        TlsServer.write(directory, "server", issue());
        AtomicInteger asked = new AtomicInteger();
        try (GatewayServer server = TlsServer.builder(tls().watchInterval(Duration.ZERO))
                .reloader(() -> {
                    asked.incrementAndGet();
                    return TlsServer.gateway();
                })
                .start()) {
            String before = shown(server);
            Files.writeString(directory.resolve("server.pem"), "nothing");
            RawResponse failed = RawClient.exchange(server.adminUri().getPort(), RawRequest.post("/reload"));
            assertThat(failed.status()).isEqualTo(422);
            assertThat(failed.bodyText()).contains("tls.certificate: ");
            assertThat(asked).hasValue(0);
            assertThat(shown(server)).isEqualTo(before);
            TlsServer.write(directory, "server", issue());
            server.reload();
            assertThat(asked).hasValue(1);
            assertThat(shown(server)).isNotEqualTo(before);
            assertThat(ready(server)).isEqualTo("{\"status\":\"ready\"}");
        }
    }

    @Test
    void whatAReloadHasReadAndNotTakenOverTheWatchStillTakes() throws IOException {
        TlsServer.write(directory, "server", AUTHORITY.issue("before.example"));
        Problems problems = new Problems();
        LiveTls tls = tls().build(problems);
        assertThat(tls).as(problems.list().toString()).isNotNull();
        TlsServer.write(directory, "server", AUTHORITY.issue("after.example"));
        // also where the clock of the file system is coarse
        Files.setLastModifiedTime(
                directory.resolve("server.pem"), FileTime.from(Instant.now().plusSeconds(1)));
        // the gateway that was to come with them could not be made
        assertThat(tls.prepare()).isNotNull();
        tls.look();
        tls.look();
        assertThat(tls.isFor("after.example")).isTrue();
    }

    @Test
    void aReloadNeedsNoReloaderWhereThereAreFiles() throws IOException {
        TlsServer.write(directory, "server", issue());
        try (GatewayServer server =
                TlsServer.builder(tls().watchInterval(Duration.ZERO)).start()) {
            String before = shown(server);
            TlsServer.write(directory, "server", issue());
            assertThat(RawClient.exchange(server.adminUri().getPort(), RawRequest.post("/reload"))
                            .status())
                    .isEqualTo(200);
            assertThat(shown(server)).isNotEqualTo(before);
        }
    }

    @Test
    void sessionsOfBeforeAreNotResumed() throws IOException {
        TlsServer.write(directory, "server", issue());
        try (GatewayServer server = TlsServer.builder(
                        tls().preset(TlsPreset.INTERMEDIATE).watchInterval(Duration.ZERO))
                .start()) {
            SSLContext remembering = AUTHORITY.trusting();
            for (int i = 0; i < 2; i++) {
                try (RawClient client = RawClient.connectTls(server.port(), remembering, "localhost")) {
                    assertThat(TlsServer.get(client, "localhost").status()).isEqualTo(200);
                }
            }
            String before = TlsServer.shown(server.port(), remembering, "localhost");
            TlsServer.write(directory, "server", issue());
            server.reload();
            assertThat(TlsServer.shown(server.port(), remembering, "localhost")).isNotEqualTo(before);
        }
    }

    @Test
    void certificatesThatHaveExpiredOrSoonWillAreWarnedOf() throws IOException {
        Instant now = Instant.now();
        Instant before = now.minus(Duration.ofDays(30));
        TlsServer.write(directory, "server", AUTHORITY.issue(before, now.minus(Duration.ofDays(1)), "localhost"));
        TlsServer.write(directory, "soon", AUTHORITY.issue(before, now.plus(Duration.ofDays(13)), "soon.example"));
        try (CapturedLog log = CapturedLog.start();
                GatewayServer server = TlsServer.builder(TlsServer.certificate(tls(), directory, "soon"))
                        .start()) {
            assertThat(server.port()).isPositive();
            assertThat(log.lines())
                    .anyMatch(line -> line.contains(
                            "tls.certificate " + directory.resolve("server.pem") + ": a certificate expired at"))
                    .anyMatch(line -> line.contains(
                            "tls.certificate " + directory.resolve("soon.pem") + ": a certificate expires at"));
        }
    }
}
