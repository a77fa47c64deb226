package dev.lintel.config.schema;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.lintel.GatewayBuilder;
import dev.lintel.RouteBuilder;
import dev.lintel.config.ShelfStores;
import dev.lintel.filter.FilterKind;
import dev.lintel.filter.FilterKinds;
import dev.lintel.limit.RateLimitStoreProvider;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.server.ServerBuilder;
import dev.lintel.upstream.Upstream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class GatewaySchemaTest {

    private static final Collection<FilterKind> KINDS =
            FilterKinds.installed(GatewaySchemaTest.class.getClassLoader()).values();
    private static final List<RateLimitStoreProvider> STORES = List.of(new ShelfStores());
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema SCHEMA = REGISTRY.getSchema(GatewaySchema.text(KINDS, STORES), InputFormat.JSON);

    private static List<Error> errors(String yaml) {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return SCHEMA.validate(JsonWriter.write(tree), InputFormat.JSON);
    }

    @Test
    void isASchemaAsItsSpecificationSays() {
        Schema meta = REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(GatewaySchema.text(KINDS, STORES), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void hasEveryOptionOfEveryCatalogueAndNoOther() {
        Map<String, Object> tree = GatewaySchema.tree(KINDS, STORES);
        for (FilterKind kind : KINDS) {
            if (!kind.name().equals("anyOf")) {
                assertNames(kind.catalogue(), List.of("consumers"), at(tree, "$defs", "filter." + kind.name()));
            }
        }
        assertNames(
                ServerBuilder.catalogue(), List.of("trustedProxies", "forwardedBy"), at(tree, "properties", "server"));
        assertNames(RouteBuilder.catalogue(), List.of("id", "rule", "filters", "auth"), at(tree, "$defs", "route"));
        Map<?, ?> upstreams = at(tree, "properties", "upstreams", "additionalProperties");
        List<?> forms = (List<?>) requireNonNull(upstreams.get("anyOf"));
        assertNames(Upstream.catalogue(), List.of(), (Map<?, ?>) requireNonNull(forms.get(forms.size() - 1)));
        assertThat(names(tree)).containsAll(GatewayBuilder.catalogue().names());
    }

    private static void assertNames(OptionCatalogue catalogue, List<String> more, Map<?, ?> schema) {
        Set<String> names = names(schema);
        names.removeAll(more);
        assertThat(names).as(catalogue.name()).isEqualTo(new TreeSet<>(catalogue.names()));
    }

    private static Set<String> names(Map<?, ?> schema) {
        Set<String> names = new TreeSet<>();
        at(schema, "properties").keySet().forEach(name -> names.add((String) name));
        return names;
    }

    private static Map<?, ?> at(Map<?, ?> tree, String... path) {
        Map<?, ?> at = tree;
        for (String part : path) {
            at = (Map<?, ?>) requireNonNull(at.get(part));
        }
        return at;
    }

    static List<String> good() {
        return List.of("""
                version: 1
                server: { port: 8080, trustedProxies: [10.0.0.0/8], headTimeout: 5s, maxHeadSize: 8KiB, adminPort: none }
                filters:
                  - requestId
                  - accessLog: { format: json }
                upstreams:
                  orders:
                    targets: [http://localhost:9001, http://localhost:9002]
                    protocol: h2c
                    tls: { authorities: ca.pem, serverName: o.inside, clientCertificate: { certificates: c.pem, key: c.key } }
                  plain: http://localhost:9003
                stores:
                  shared: { shelf: "shelf://hall", size: 3, secret: "${SECRET}" }
                consumers:
                  - { id: acme, apiKeySha256: "${file:/run/secrets/acme.sha256}" }
                routes:
                  - id: orders
                    match: { path: "/api/orders/**", methods: [GET, POST], headers: { X-Beta: "1" }, query: { a: { present: true } } }
                    filters:
                      - jwt: { issuer: https://idp.example.com, audience: orders-api, forwardClaims: ["sub:X-User"] }
                      - rateLimit: { limits: per-user=100/1m, key: "claim:sub" }
                    stripPrefix: /api
                    totalTimeout: 0
                    minBodyRate: { bytesPerSecond: 0 }
                    rewriteLocations: true
                    upstream: orders
                  - id: partners
                    rule: "Host(`partners.example.com`) && PathPrefix(`/v2`)"
                    filters: [ { apiKey: { header: X-API-Key, consumers: [acme] } } ]
                    upstream: orders
                otherwise: { answer: { status: 404 } }
                tests:
                  - request: GET /api/orders/1
                    expect: { route: orders, status: 200 }
                """, """
                version: "1"
                x-common: &common { anything: [1, 2] }
                include: conf.d/*.yaml
                server:
                  port: ${PORT:-8080}
                  oneLoop: ${LOOP}
                  redirectPort: 8080
                  redirectPublicPort: 443
                  tls:
                    certificates: chain.pem
                    key: key.pem
                    keyPasswordFile: pass
                    further: [ { certificates: api.pem, key: api.key, keyPassword: "${SECRET}" } ]
                    preset: modern
                    refuseUnknownNames: true
                    requiredClientCertificates: ca.pem
                    sessionLifetime: 10m
                    watchInterval: 0
                    hsts: 365d
                    hstsIncludeSubDomains: true
                    hstsPreload: true
                  http2: true
                identityHeaders: { userId: Remote-User }
                forwardedBy: forwarded
                routes:
                  - id: either
                    auth: none
                    match: { path: /x }
                    filters:
                      - anyOf:
                          - jwt: { issuer: a, audience: [b], secret: "${SECRET}" }
                          - apiKey: { keysFile: keys }
                      - class: com.example.Mine
                        options: { anything: { at: all } }
                      - maintenance: { from: 2026-01-31T22:00:00Z, retryAfter: 1h }
                      - requestTransform: { set: { X-Tenant: "${claim.tenant}" } }
                    redirect: { status: 308, location: /y }
                """);
    }

    @ParameterizedTest
    @MethodSource("good")
    void acceptsWhatCanBeLoaded(String yaml) {
        assertThat(errors(yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: 2",
                "verzion: 1",
                "server: { prot: 8080 }",
                "server: { port: 70000 }",
                "server: { port: eighty }",
                "server: { headTimeout: 5 }",
                "server: { headTimeout: 5 seconds }",
                "server: { maxHeadSize: 8KB }",
                "server: { oneLoop: yes }",
                "server: { tls: { certificates: chain.pem } }",
                "server: { tls: { certificates: a.pem, key: a.key, further: [ { certificates: b.pem } ] } }",
                "server: { tls: { certificates: a.pem, key: a.key, preset: old } }",
                "server: { port: [1, 2] }",
                "stores: { shared: shelf }",
                "stores: { shared: { size: 3 } }",
                "stores: { shared: { shelf: \"shelf://hall\", sise: 3 } }",
                "stores: { shared: { shelf: \"shelf://hall\", size: 10 } }",
                "stores: { shared: { shelf: \"shelf://hall\", uri: \"shelf://hall\" } }",
                "stores: { shared: { redis: \"redis://localhost\" } }",
                "upstreams: { orders: { targets: [http://a], tls: { authority: ca.pem } } }",
                "filters: { requestId: {} }",
                "filters: [ reqestId ]",
                "filters: [ { jwt: { isuer: a } } ]",
                "filters: [ { jwt: {}, apiKey: {} } ]",
                "filters: [ { jwt: { match: some } } ]",
                "filters: [ { jwt: { cacheSize: -1 } } ]",
                "filters: [ { cors: {} } ]",
                "filters: [ { anyOf: [ { jwt: {} } ] } ]",
                "filters: [ { anyOf: [ { jwt: {} }, { cors: { origins: '*' } } ] } ]",
                "filters: [ { class: com.example.Mine, option: 1 } ]",
                "upstreams: { orders: { target: http://a } }",
                "upstreams: { orders: { targets: [http://a], protocol: h3 } }",
                "routes: [ { match: { path: /a }, upstream: a } ]",
                "routes: [ { id: a, upstream: a } ]",
                "routes: [ { id: a, match: { path: /a }, rule: Path(`/a`), upstream: a } ]",
                "routes: [ { id: a, match: { path: /a } } ]",
                "routes: [ { id: a, match: { path: /a }, upstream: a, hostApplication: true } ]",
                "routes: [ { id: a, match: { pth: /a }, upstream: a } ]",
                "routes: [ { id: a, match: { path: /a, headers: { X-A: { absent: true } } }, upstream: a } ]",
                "routes: [ { id: a, match: { path: /a }, redirect: { status: 200, location: /b } } ]",
                "routes: [ { id: a, match: { path: /a }, upstrem: a } ]",
                "routes: [ { id: a, match: { path: /a }, connectTimeout: soon, upstream: a } ]",
                "consumers: [ { name: a } ]",
                "tests: [ { request: GET / } ]",
                "tests: [ { request: GET /, expect: { status: 700 } } ]"
            })
    void refusesWhatCannotBeMeant(String yaml) {
        assertThat(errors(yaml)).isNotEmpty();
    }

    @Test
    void checksAFileOfTenThousandRoutesAndFindsTheWrongOne() {
        StringBuilder yaml = new StringBuilder("version: 1\nupstreams: { a: http://localhost:1 }\nroutes:\n");
        for (int i = 0; i < 10_000; i++) {
            yaml.append("  - { id: r")
                    .append(i)
                    .append(", match: { path: /r")
                    .append(i)
                    .append("/** }, filters: [ requestId ], ");
            yaml.append(i == 7_777 ? "upstrem: a }\n" : "upstream: a }\n");
        }
        assertThat(errors(yaml.toString()))
                .isNotEmpty()
                .allSatisfy(error ->
                        assertThat(error.getInstanceLocation().toString()).startsWith("/routes/7777"));
        assertThat(errors(yaml.toString().replace("upstrem", "upstream"))).isEmpty();
    }

    @Test
    void writesTextsAsJsonDoes() {
        assertThat(JsonWriter.write(Map.of("a\"\\\n", List.of(1, true, "\u00fc"))))
                .isEqualTo("{\n  \"a\\\"\\\\\\u000a\": [1, true, \"\u00fc\"]\n}\n");
        assertThat(GatewaySchema.text(KINDS, STORES).getBytes(StandardCharsets.UTF_8).length)
                .isLessThan(200_000);
    }
}
