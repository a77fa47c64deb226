package dev.lintel.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lintel.limit.RateLimit.TokenBucket;
import dev.lintel.option.GatewayException;
import dev.lintel.testing.CapturedLog;
import dev.lintel.testing.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One server, a cluster, Sentinels; users, passwords and TLS. */
class RedisPlacesTest {

    /** Longer than the half minute for which a Sentinel does nothing after it was held up itself. */
    private static final Duration LONG = Duration.ofSeconds(50);

    private static final TokenBucket LIMIT = TokenBucket.of("ten", 10, Duration.ofHours(1));
    private static final String SECRET = "open-sesame";

    private static final String[] MAY_DO_NO_MORE_THAN_NEEDED = ("ACL SETUSER gateway on >" + SECRET
                    + " ~lintel:* +@connection +eval +evalsha +get +set +del +time"
                    + " +zadd +zrem +zremrangebyscore +zcard +pexpire")
            .split(" ");

    @TempDir
    private Path directory;

    @Test
    void asAUserWhoMayDoNoMoreThanNeeded() {
        try (RedisServer server = RedisServer.start()) {
            server.call(MAY_DO_NO_MORE_THAN_NEEDED);
            decidesFor("redis://gateway:" + SECRET + "@127.0.0.1:" + server.port());
        }
    }

    @Test
    void ofAClusterAsAUserWhoMayDoNoMoreThanNeeded() {
        try (RedisCluster cluster = RedisCluster.start(Duration.ofSeconds(6), false)) {
            cluster.callAll(MAY_DO_NO_MORE_THAN_NEEDED);
            cluster.callAll("ACL", "SETUSER", "gateway", "+cluster|nodes");
            decidesFor(cluster.uri("gateway:" + SECRET + "@"));
        }
    }

    private static void decidesFor(String uri) {
        try (RedisStore store = Patient.store(uri).build()) {
            assertThat(Asking.decide(store, LIMIT)).isNotNull();
            assertThat(store.toString() + store.status()).doesNotContain(SECRET).contains("127.0.0.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway:wrong-one@", ""})
    void k24RefusesToStartWithCredentialsThatAClusterRefuses(String who) {
        try (CapturedLog log = CapturedLog.start();
                RedisCluster cluster = RedisCluster.start(Duration.ofSeconds(6), false)) {
            cluster.callAll(MAY_DO_NO_MORE_THAN_NEEDED);
            cluster.callAll("ACL", "SETUSER", "default", "off");
            assertThatThrownBy(() -> Patient.store(cluster.uri(who)).build())
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining("uri: ")
                    .hasMessageContaining("it answers")
                    .hasMessageNotContaining("wrong-one");
            assertThat(String.join("\n", log.lines())).doesNotContain("wrong-one");
        }
    }

    @ParameterizedTest
    @CsvSource({"redis://gateway:wrong-one@127.0.0.1:", "redis://127.0.0.1:"})
    void k24RefusesToStartWithCredentialsThatRedisRefuses(String uri) {
        try (CapturedLog log = CapturedLog.start();
                RedisServer server = RedisServer.start("--requirepass", SECRET)) {
            assertThatThrownBy(() -> Patient.store(uri + server.port()).build())
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining("uri: ")
                    .hasMessageContaining("it answers")
                    .hasMessageNotContaining("wrong-one");
            assertThat(String.join("\n", log.lines())).doesNotContain("wrong-one");
        }
    }

    @Test
    void k24RefusesToStartWithACertificateThatNobodyTrusts() throws Exception {
        TestAuthority authority = TestAuthority.create();
        Path trusted = Files.writeString(directory.resolve("ca.pem"), authority.certificatePem());
        try (RedisServer server = RedisServer.start();
                FaultProxy tls = FaultProxy.tlsTo(
                        server, authority.issue("localhost", "127.0.0.1").context())) {
            String uri = "rediss://localhost:" + tls.port();
            try (RedisStore store =
                    Patient.store(uri).trustedCertificates(trusted).build()) {
                assertThat(Asking.decide(store, LIMIT)).isNotNull();
            }
            assertThatThrownBy(() -> Patient.store(uri).build())
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining("TLS handshake fails");
        }
        try (RedisServer server = RedisServer.start();
                FaultProxy tls = FaultProxy.tlsTo(
                        server, authority.issue("elsewhere.example").context())) {
            assertThatThrownBy(() -> Patient.store("rediss://localhost:" + tls.port())
                            .trustedCertificates(trusted)
                            .build())
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining("TLS handshake fails");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RESETS", "BLACK_HOLE"})
    void startsThoughNobodyAnswersTheTlsHandshake(FaultProxy.Wire wire) {
        try (RedisServer server = RedisServer.start();
                FaultProxy proxy = FaultProxy.to(server)) {
            proxy.set(wire);
            try (RedisStore store = RedisStore.builder()
                    .uri("rediss://127.0.0.1:" + proxy.port())
                    .build()) {
                assertThat(store.counts().available()).isFalse();
            }
        }
    }

    @Test
    void k21FollowsSentinelsToTheServerThatTakesOver() {
        try (RedisServer first = RedisServer.start();
                RedisServer second = RedisServer.start("--replicaof", "127.0.0.1 " + first.port());
                RedisServer sentinel = RedisServer.startSentinel(first.port(), Duration.ofSeconds(3));
                RedisStore store = Patient.store("redis-sentinel://127.0.0.1:" + sentinel.port() + "#main")
                        .deadline(Duration.ofMillis(500))
                        .build()) {
            await().atMost(LONG).until(() -> Asking.decide(store, LIMIT) != null);
            await().atMost(LONG)
                    .until(() -> String.valueOf(sentinel.call("SENTINEL", "REPLICAS", "main"))
                            .contains("master-link-status, ok"));
            assertThat(String.valueOf(first.call("ROLE"))).contains("master");
            first.kill();
            // each question is decided or fails on the way; none is left
            await().atMost(LONG).until(() -> Asking.decide(store, LIMIT) != null);
            assertThat(String.valueOf(second.call("ROLE"))).contains("master");
            assertThat(store.counts().outages()).isPositive();
        }
    }
}
