package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.router.GatewayServlet;
import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.TestAuthority;
import dev.lintel.testing.TestCertificate;
import dev.lintel.testing.WebApp;
import dev.lintel.upstream.Upstream;
import dev.lintel.upstream.UpstreamTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each upstream is trusted by its own options, and by nobody else's. */
class UpstreamTrustTest {

    private static final TestAuthority OURS = TestAuthority.named("ours");
    private static final TestAuthority THEIRS = TestAuthority.named("theirs");

    @TempDir
    private Path directory;

    private Path ours;
    private Path theirs;

    @BeforeEach
    void write() throws IOException {
        ours = file("ours.pem", OURS.certificatePem());
        theirs = file("theirs.pem", THEIRS.certificatePem());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static ScriptedUpstream secure(TestCertificate certificate) {
        return ScriptedUpstream.builder().tls(certificate.context()).start(request -> Answer.ok("secret"));
    }

    private static ScriptedUpstream secure() {
        return secure(OURS.issue("127.0.0.1"));
    }

    private static Upstream.Builder to(ScriptedUpstream upstream, UpstreamTls.Builder tls) {
        return Upstream.named("service").target(upstream.url()).tls(tls);
    }

    private static RawResponse ask(Container container, Upstream.Builder upstream) {
        try (ProxyApp app = ProxyApp.in(container, Gateway.builder(), upstream, route -> route)) {
            return app.exchange(RawRequest.get("/a"));
        }
    }

    private static RawResponse ask(Upstream.Builder upstream) {
        return ask(Container.JETTY_EE10, upstream);
    }

    private static void assertRefused(RawResponse response, ScriptedUpstream upstream) {
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.bodyText()).contains("\"rule\":\"upstream-tls\"");
        assertThat(upstream.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void anUpstreamOfItsOwnAuthorityIsAsked(Container container) {
        try (ScriptedUpstream upstream = secure()) {
            RawResponse answer =
                    ask(container, to(upstream, UpstreamTls.builder().authorities(ours)));
            assertThat(answer.bodyText()).isEqualTo("secret");
        }
    }

    @Test
    void anUpstreamOfAnotherAuthorityIsNot() {
        try (ScriptedUpstream upstream = secure()) {
            assertRefused(ask(to(upstream, UpstreamTls.builder().authorities(theirs))), upstream);
        }
    }

    @Test
    void anUpstreamWithAnExpiredCertificateIsNot() {
        Instant now = Instant.now();
        TestCertificate expired = OURS.issue(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)), "127.0.0.1");
        try (ScriptedUpstream upstream = secure(expired)) {
            assertRefused(ask(to(upstream, UpstreamTls.builder().authorities(ours))), upstream);
        }
    }

    @Test
    void theNameOfTheCertificateMayBeAnotherThanTheTargetsHostIfItIsSaid() {
        try (ScriptedUpstream upstream = secure(OURS.issue("orders.internal"))) {
            assertRefused(ask(to(upstream, UpstreamTls.builder().authorities(ours))), upstream);
            assertRefused(
                    ask(to(upstream, UpstreamTls.builder().authorities(ours).serverName("stock.internal"))), upstream);
            RawResponse answer =
                    ask(to(upstream, UpstreamTls.builder().authorities(ours).serverName("Orders.Internal")));
            assertThat(answer.bodyText()).isEqualTo("secret");
        }
    }

    @Test
    void aGatewayIdentifiesItselfToAnUpstreamThatAsks() throws IOException {
        TestCertificate own = THEIRS.issue("gateway");
        Path chain = file("own.pem", own.certificatePem());
        Path key = file("own.key", own.privateKeyPem());
        try (ScriptedUpstream upstream = ScriptedUpstream.builder()
                .tls(OURS.issue("127.0.0.1").contextTrusting(THEIRS))
                .requireClientCertificate()
                .start(request -> Answer.ok("secret"))) {
            RawResponse without = ask(to(upstream, UpstreamTls.builder().authorities(ours)));
            assertThat(without.status()).isEqualTo(502);
            assertThat(upstream.requests()).isEmpty();
            RawResponse with =
                    ask(to(upstream, UpstreamTls.builder().authorities(ours).clientCertificate(chain, key)));
            assertThat(with.bodyText()).isEqualTo("secret");
        }
    }

    @Test
    void anyUpstreamIsAskedOnlyIfThatIsSaidByItsName() {
        try (ScriptedUpstream upstream = secure(TestAuthority.create().issue("other.example"))) {
            Upstream.Builder anybody = to(upstream, UpstreamTls.builder().insecureSkipVerify());
            assertThat(ask(anybody).bodyText()).isEqualTo("secret");
            Gateway gateway = Gateway.builder()
                    .upstream(anybody)
                    .route(Route.named("all").path("/**").to("service"))
                    .build();
            assertThat(gateway.warnings()).singleElement().asString().contains("service: insecureSkipVerify");
        }
    }

    @Test
    void upstreamsOfDifferentTrustNeverShareConnections() {
        try (ScriptedUpstream upstream = secure()) {
            Gateway gateway = Gateway.builder()
                    .upstream(Upstream.named("anybody")
                            .target(upstream.url())
                            .tls(UpstreamTls.builder().insecureSkipVerify()))
                    .upstream(Upstream.named("ours")
                            .target(upstream.url())
                            .tls(UpstreamTls.builder().authorities(ours)))
                    .upstream(Upstream.named("same")
                            .target(upstream.url())
                            .tls(UpstreamTls.builder().authorities(ours)))
                    .upstream(Upstream.named("theirs")
                            .target(upstream.url())
                            .tls(UpstreamTls.builder().authorities(theirs)))
                    .route(Route.named("anybody").path("/anybody").to("anybody"))
                    .route(Route.named("ours").path("/ours").to("ours"))
                    .route(Route.named("same").path("/same").to("same"))
                    .route(Route.named("theirs").path("/theirs").to("theirs"))
                    .build();
            try (WebApp app = WebApp.on(Container.JETTY_EE10)
                    .servlet(ServletSetup.of("gateway", new GatewayServlet(gateway)))
                    .start()) {
                assertThat(status(app, "/anybody")).isEqualTo(200);
                assertThat(status(app, "/theirs")).isEqualTo(502);
                assertThat(upstream.requests()).hasSize(1);
                assertThat(status(app, "/ours")).isEqualTo(200);
                assertThat(status(app, "/same")).isEqualTo(200);
                assertThat(status(app, "/anybody")).isEqualTo(200);
                assertThat(connections(upstream, "/anybody"))
                        .hasSizeBetween(1, 2)
                        .doesNotContainAnyElementsOf(connections(upstream, "/ours"))
                        .doesNotContainAnyElementsOf(connections(upstream, "/same"));
            }
        }
    }

    private static Set<Integer> connections(ScriptedUpstream upstream, String path) {
        return upstream.requests().stream()
                .filter(request -> request.target().equals(path))
                .map(request -> request.connection())
                .collect(Collectors.toSet());
    }

    private static int status(WebApp app, String path) {
        return RawClient.exchange(app.port(), RawRequest.get(path)).status();
    }

    @Test
    void aReplacementWithOtherAuthoritiesInTheSameFileOpensConnectionsOfItsOwn() throws IOException {
        try (ScriptedUpstream upstream = secure()) {
            GatewayServlet servlet = new GatewayServlet(gateway(upstream));
            try (WebApp app = WebApp.on(Container.JETTY_EE10)
                    .servlet(ServletSetup.of("gateway", servlet))
                    .start()) {
                assertThat(status(app, "/")).isEqualTo(200);
                Files.writeString(ours, THEIRS.certificatePem());
                servlet.replace(gateway(upstream));
                assertThat(status(app, "/")).isEqualTo(502);
                Files.writeString(ours, THEIRS.certificatePem() + OURS.certificatePem());
                servlet.replace(gateway(upstream));
                assertThat(status(app, "/")).isEqualTo(200);
            }
        }
    }

    private Gateway gateway(ScriptedUpstream upstream) {
        return Gateway.builder()
                .upstream(to(upstream, UpstreamTls.builder().authorities(ours)))
                .route(Route.named("all").path("/**").to("service"))
                .build();
    }

    @Test
    void everyProblemIsTold() throws IOException {
        Path empty = file("empty.pem", "nothing");
        assertThatThrownBy(() -> Upstream.named("service")
                        .target("http://127.0.0.1:1")
                        .tls(UpstreamTls.builder()
                                .authorities(empty)
                                .serverName("a:443")
                                .clientCertificate(directory, directory.resolve("missing.pem")))
                        .build())
                .hasMessageContaining("tls: with http targets (expected: https targets)")
                .hasMessageContaining("tls.serverName: not a host name (expected: a DNS name)")
                .hasMessageContaining("tls.authorities: " + empty
                        + " (expected: a PEM file with the certificates of one or more authorities)")
                .hasMessageContaining("tls.client.certificate: " + directory
                        + " (expected: a file that can be read; this is a directory)")
                .hasMessageContaining("missing.pem (expected: a file that can be read)");
        assertThatThrownBy(() -> Upstream.named("service")
                        .target("https://127.0.0.1:1")
                        .tls(UpstreamTls.builder().authorities(ours).insecureSkipVerify())
                        .build())
                .hasMessageContaining("tls.insecureSkipVerify: with authorities or serverName (expected: either");
    }
}
