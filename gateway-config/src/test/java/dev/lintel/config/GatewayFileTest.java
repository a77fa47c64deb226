package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Destination;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.option.GatewayException;
import dev.lintel.request.TrustedProxies.ForwardedBy;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.upstream.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file says, and what it comes to. */
class GatewayFileTest {
    @TempDir
    private Path folder;

    @Test
    void saysWhatTheBuildersCanSay() throws IOException {
        LoadedGateway loaded = load("""
                version: 1
                server:
                  { host: 127.0.0.1, port: 0, adminPort: none, oneLoop: false, holdUpWarning: 50ms, sniCheck: true,
                    maxHeadSize: 32KiB, maxHeaderFields: 50, maxUriLength: 4KiB, maxResponseHeadSize: 16KiB, maxConnections: 100,
                    maxStreams: 10, maxThreads: 20, headTimeout: 5s, idleTimeout: 10s, drainDelay: 0, stopTimeout: 1s }
                trustedProxies: [10.0.0.0/8]
                forwardedBy: forwarded
                identityHeaders: { userId: X-Who, userRole: X-What }
                rejectionWriter: problem-json
                allowMethods: PROPFIND
                allowUnderscoresInHeaderNames: true
                ignoreSessionIdInPath: true
                forwardedHeadersToHostApplication: true
                upstreams:
                  a: { targets: [http://localhost:1], preserveHost: true, maxConnections: 5, protocol: h2c }
                  b: { targets: http://localhost:2, host: b.example, loadBalancer: round-robin }
                routes:
                  - id: all
                    match:
                      path: /api/{id}/**
                      host: "*.example.com"
                      methods: [GET, POST]
                      headers: { X-A: b, X-B: { present: true } }
                      query: { page: 2 }
                      cookies: { session: { present: true } }
                      clientAddress: [10.0.0.0/8, "::1"]
                    auth: none
                    upstream: a
                    priority: 3
                    stripPrefix: /api
                    connectTimeout: 1s
                    firstByteTimeout: 2s
                    idleTimeout: 3s
                    totalTimeout: 4s
                    maxRequestBody: 10KiB
                    minBodyRate: { bytesPerSecond: 100, grace: 5s }
                    allowEncodedSlashes: true
                    maxWebSockets: 7
                    webSocketIdleTimeout: 8s
                    rewriteLocations: inside.example
                    rewriteCookies: true
                otherwise: { redirect: { status: 307, location: https://www.example.com/** } }
                """);

        Gateway gateway = loaded.gateway();
        Route route = gateway.routes().get(0);
        assertThat(gateway.settings().trustedProxies().field()).isEqualTo(ForwardedBy.FORWARDED);
        assertThat(gateway.settings().identityHeaders().userId()).isEqualTo("X-Who");
        assertThat(gateway.admission().methods()).contains("PROPFIND");
        assertThat(gateway.forwardedHeadersToHostApplication()).isTrue();
        assertThat(gateway.otherwise()).isInstanceOf(Destination.Redirect.class);
        assertThat(gateway.upstreams())
                .extractingByKey("a")
                .extracting(Upstream::protocol)
                .isEqualTo(Upstream.Protocol.H2C);
        assertThat(gateway.upstreams())
                .extractingByKey("b")
                .extracting(Upstream::fixedHost)
                .isEqualTo("b.example");
        assertThat(route.matcher().conditions()).hasSize(4);
        assertThat(route.matcher().clients()).hasSize(2);
        assertThat(route.priority()).isEqualTo(3);
        assertThat(route.options().timeouts().total()).isEqualTo(Duration.ofSeconds(4));
        assertThat(route.options().maxRequestBody()).isEqualTo(10 * 1024);
        assertThat(route.options().webSockets().most()).isEqualTo(7);
        assertThat(route.options().answers().hosts()).containsExactly("inside.example");
        assertThat(route.options().answers().cookies()).isTrue();
        assertThat(loaded.server().problems()).isEmpty();
    }

    @Test
    void givesAFilterOfTheUsersOwnItsOptions() throws IOException {
        LoadedGateway loaded = load("""
                version: 1
                server: { host: 127.0.0.1, port: 0 }
                routes:
                  - id: r
                    match: { path: /** }
                    filters: [ { class: dev.lintel.config.OwnFilter, options: { level: full } } ]
                    answer: { status: 200, body: hello }
                """);

        try (GatewayServer server = loaded.server().start()) {
            RawResponse answer = RawClient.exchange(server.port(), RawRequest.get("/"));
            assertThat(answer.bodyText()).isEqualTo("hello");
            assertThat(answer.header("X-Level")).isEqualTo("full");
        }
    }

    @Test
    void anAliasIsTheSameFilter() throws IOException {
        Gateway gateway = load("""
                        version: 1
                        x-limit: &limit { rateLimit: { limits: a=5/1m } }
                        routes:
                          - { id: one, match: { path: /1 }, filters: [ *limit ], answer: { status: 200 } }
                          - { id: two, match: { path: /2 }, filters: [ *limit ], answer: { status: 200 } }
                        """).gateway();

        assertThat(gateway.routes().get(0).filters().get(0))
                .isSameAs(gateway.routes().get(1).filters().get(0));
    }

    @Test
    void replacesReferencesInValuesAndNowhereElse() throws IOException {
        Files.writeString(folder.resolve("body.txt"), "from a file\n");
        LoadedGateway loaded = load("""
                version: 1
                x-${IGNORED}: 1
                routes:
                  - id: r
                    match: { path: "/${SET}" }
                    answer:
                      status: ${UNSET:-201}
                      contentType: "${EMPTY:-text/html}"
                      body: "${file:body.txt} $${SET} ${INJECT}"
                """);

        Destination.FixedAnswer answer =
                (Destination.FixedAnswer) loaded.gateway().routes().get(0).destination();
        assertThat(loaded.gateway().routes().get(0).path().text()).isEqualTo("/known");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.contentType()).isEqualTo("text/html");
        assertThat(answer.body()).isEqualTo("from a file ${SET} x, status: 500 } ${SET}");
    }

    @Test
    void neverShowsASecret() throws IOException {
        Files.writeString(folder.resolve("secret.txt"), "file-secret-0123456789-abcdefghijklmnopq\n");
        LoadedGateway loaded = load("""
                version: 1
                upstreams: { a: http://localhost:1 }
                routes:
                  - id: r
                    match: { path: /a }
                    filters:
                      - jwt: { issuer: me, audience: a, algorithms: HS256, secret: clear-secret-0123456789-abcdefghijk }
                    upstream: a
                  - id: s
                    match: { path: /b }
                    filters:
                      - jwt: { issuer: me, audience: a, algorithms: HS256, secret: "${file:secret.txt}" }
                    upstream: a
                  - id: t
                    match: { path: /c }
                    filters:
                      - jwt: { issuer: me, audience: a, algorithms: HS256, secrt: mistyped-secret-0123456789, leeway: ten }
                    upstream: a
                """);

        String everything = loaded.report().text() + loaded.report().json() + loaded.effective() + loaded;
        assertThat(everything)
                .doesNotContain("clear-secret")
                .doesNotContain("file-secret")
                .doesNotContain("mistyped-secret")
                .contains("did you mean 'secret'?");
        assertThatThrownBy(loaded::gateway)
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("gateway.yaml:17:")
                .hasMessageNotContaining("mistyped-secret");
    }

    @Test
    void masksWhatFollowsANameThatPromisesASecretInAFileThatIsNoYaml() throws IOException {
        LoadedGateway loaded = load("version: 1\nsecret: \"hunter2 without an end\n");

        assertThat(loaded.report().text()).contains("gateway.yaml:2:9").doesNotContain("hunter2");
    }

    @Test
    void tellsTheEffectiveConfigurationAndWhereEachOptionStands() throws IOException {
        Files.createDirectories(folder.resolve("conf.d"));
        Files.writeString(
                folder.resolve("conf.d/routes.yaml"),
                "routes:\n  - { id: r, match: { path: /r }, filters: [requestId], answer: { status: 200 } }\n");
        LoadedGateway loaded = load("version: 1\ninclude: conf.d\nserver: { port: \"${UNSET:-8081}\" }\n");

        assertThat(loaded.effective()).isEqualTo("""
                        version: 1
                        server:
                          port: 8081
                        routes:
                          - id: r
                            match:
                              path: /r
                            filters:
                              - requestId
                            answer:
                              status: 200
                        """);
        assertThat(loaded.positions().of("server.port").orElseThrow().toString())
                .endsWith("gateway.yaml:3:11");
        assertThat(loaded.positions().of("routes.r.match.path").orElseThrow().toString())
                .endsWith("conf.d/routes.yaml:2:23");
        assertThat(loaded.positions()
                        .nearest("routes.r.filters[0].requestId.echo")
                        .orElseThrow()
                        .toString())
                .endsWith("conf.d/routes.yaml:2:45");
        assertThat(loaded.files()).contains(folder.resolve("conf.d"), folder.resolve("conf.d/routes.yaml"));
    }

    @Test
    void tellsTheReportInTheFormOfEditorsAndInThatOfPrograms() throws IOException {
        LoadedGateway loaded =
                load("version: 1\nserver: { prot: 1 }\nroutes: []\notherwise: { answer: { status: 404 } }\n");

        assertThat(loaded.report().text().replace(folder + "/", "")).isEqualTo("""
                        gateway.yaml:2:11 error: unknown key 'prot' in server; did you mean 'port'?
                            2 | server: { prot: *** }
                              |           ^^^^
                        1 error, 0 warnings
                        """);
        assertThat(loaded.report().json().replace(folder + "/", ""))
                .isEqualTo("{\"valid\":false,\"errors\":1,\"warnings\":0,\"findings\":[{\"severity\":\"error\","
                        + "\"name\":\"unknown-key\",\"file\":\"gateway.yaml\",\"line\":2,\"column\":11,\"length\":4,"
                        + "\"message\":\"unknown key 'prot' in server\",\"suggestion\":\"port\"}]}");
    }

    @Test
    void readsTheTestsOfTheFile() throws IOException {
        LoadedGateway loaded = load("""
                version: 1
                routes: [ { id: r, match: { path: /r }, answer: { status: 200 } } ]
                tests:
                  - { name: it is there, request: GET /r?a=b, headers: { Host: a.example }, clientAddress: 10.0.0.1,
                      expect: { route: r, status: 200, upstreamPath: /x } }
                """);

        assertThat(loaded.tests()).singleElement().satisfies(test -> {
            assertThat(test.name()).isEqualTo("it is there");
            assertThat(test.method()).isEqualTo("GET");
            assertThat(test.target()).isEqualTo("/r?a=b");
            assertThat(test.headers()).containsEntry("Host", "a.example");
            assertThat(test.clientAddress()).isEqualTo("10.0.0.1");
            assertThat(test.route()).isEqualTo("r");
            assertThat(test.status()).isEqualTo(200);
            assertThat(test.upstreamPath()).isEqualTo("/x");
        });
    }

    private LoadedGateway load(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("gateway.yaml"), text);
        return GatewayFile.of(file)
                .withEnvironment(Map.of("SET", "known", "EMPTY", "", "INJECT", "x, status: 500 } ${SET}"))
                .load();
    }
}
