package dev.lintel.examples.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The archive, dropped into Tomcat as it is downloaded. */
@Timeout(180)
class TomcatIT {

    private static final String DEPLOY =
            "deploy?path=/shop&war=file:" + Path.of("target/example.war").toAbsolutePath();

    /** Softly held is not leaked: what may go when memory is short goes at once. */
    private static final String OPTIONS = "-XX:SoftRefLRUPolicyMSPerMB=0 -Dissuer.url=";

    /** Up to Java 18 {@code java.lang.runtime.ObjectMethods} holds the class loader whose records were compared last. */
    private static final int HELD_BY_JDK = Runtime.version().feature() < 19 ? 1 : 0;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path base;

    static List<Path> distributions() throws IOException {
        try (Stream<Path> unpacked = Files.list(Path.of("target/distributions"))) {
            List<Path> homes = unpacked.filter(
                            path -> path.getFileName().toString().startsWith("apache-tomcat-"))
                    .map(Path::toAbsolutePath)
                    .sorted()
                    .toList();
            assertThat(homes).as("10.1 and 11").hasSize(2);
            return homes;
        }
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void runsTheArchiveAndLetsGoOfIt(Path home) throws IOException {
        try (TestIssuer issuer = TestIssuer.start()) {
            TomcatProcess tomcat = TomcatProcess.start(home, base, OPTIONS + issuer.url());
            try (tomcat) {
                for (int time = 0; time < 3; time++) {
                    assertThat(tomcat.manager(DEPLOY)).startsWith("OK");
                    answersAsItsDescriptorSays(tomcat.port(), issuer);
                    assertThat(tomcat.manager("undeploy?path=/shop")).startsWith("OK");
                }
                assertThat(tomcat.log()).contains("Undeploying context [/shop]");
                // threads that were idle end within seconds; until then they may hold it in memory
                await().atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> stillInMemory(tomcat) <= HELD_BY_JDK);
                assertThat(tomcat.manager(DEPLOY)).startsWith("OK");
                answersAsItsDescriptorSays(tomcat.port(), issuer);
            }
            assertThat(tomcat.log()).contains("Stopping ProtocolHandler");
            assertThat(tomcat.log().lines().filter(TomcatIT::isComplaint)).isEmpty();
        }
    }

    /** How many applications that were undeployed Tomcat finds, after collecting garbage. */
    private static long stillInMemory(TomcatProcess tomcat) {
        return tomcat.manager("findleaks").lines().filter("/shop"::equals).count();
    }

    private static void answersAsItsDescriptorSays(int port, TestIssuer issuer) {
        RawResponse open = RawClient.exchange(port, RawRequest.get("/shop/"));
        assertThat(open.status()).isEqualTo(200);
        assertThat(open.bodyText()).contains("Orders are at");
        assertThat(open.header("X-Request-Id")).isNotEmpty();

        RawResponse stranger = RawClient.exchange(port, RawRequest.get("/shop/api/orders"));
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.header("WWW-Authenticate")).startsWith("Bearer realm=\"gateway\"");
        assertThat(stranger.header("Content-Type")).startsWith("application/problem+json");

        // a request waits for the first keys, but not longer than a second
        await().atMost(Duration.ofSeconds(30))
                .until(() -> RawClient.exchange(port, orders(issuer, "early")).status() == 200);
        for (int i = 1; i <= 6; i++) {
            RawResponse answer = RawClient.exchange(port, orders(issuer, "alice"));
            assertThat(answer.status()).as("request " + i).isEqualTo(i <= 5 ? 200 : 429);
        }
        RawResponse forged = RawClient.exchange(
                port,
                orders(issuer, "bob")
                        .header("X-User-ID", "root")
                        .header("x.user.role", "admin")
                        .header("X-Internal-Tenant", "1")
                        .header("X-Other", "kept"));
        assertThat(forged.status()).isEqualTo(200);
        assertThat(forged.bodyText())
                .contains("orders of bob, clerk", "[kept]")
                .doesNotContain("root", "admin", "nternal");
    }

    private static RawRequest orders(TestIssuer issuer, String subject) {
        return RawRequest.get("/shop/api/orders")
                .bearer(issuer.token()
                        .subject(subject)
                        .audience("orders")
                        .claim("roles", List.of("clerk"))
                        .sign());
    }

    /** Whether a line of the log is a warning, of an application that leaves something behind or any other. */
    private static boolean isComplaint(String line) {
        return line.contains(" WARNING [") || line.contains(" SEVERE [") || line.contains("Exception");
    }
}
