package dev.lintel.test;

import static dev.lintel.test.ShopGateway.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestMethodOrder(MethodOrderer.MethodName.class)
class GatewayFixtureTest {

    private static final TestClock CLOCK = TestClock.at(java.time.Instant.parse("2026-03-01T12:00:00Z"));

    @RegisterExtension
    static final GatewayFixture FIXTURE = GatewayFixture.of(ShopGateway::gateway)
            .clock(CLOCK)
            .stub(
                    "orders",
                    orders -> orders.respond(200, "[]", "Content-Type: application/json")
                            .respondTo("GET", "/v2/orders/7", 404, "gone"));

    @RegisterExtension
    final GatewayFixture ofEachTest = GatewayFixture.of(ShopGateway::gateway);

    @Test
    void a_sendsRequestsThroughAServerToStubs() {
        FixtureResponse response = FIXTURE.get("/api/orders?a=b")
                .header("X-User-ID", "root")
                .bearer(TOKENS.alice())
                .send();
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("[]");
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        StubRequest request = FIXTURE.stub("orders").request();
        assertThat(request.method() + " " + request.path() + " " + request.query())
                .isEqualTo("GET /v2/orders a=b");
        assertThat(request.headers("X-User-ID")).containsExactly("alice");
        assertThat(request.header("Host")).isEqualTo("orders.internal:9001");
    }

    @Test
    void b_forgetsRequestsBetweenTestsAndAnswersByPath() {
        assertThat(FIXTURE.stub("orders").requests()).isEmpty();
        assertThat(FIXTURE.get("/api/orders/7").bearer(TOKENS.bob()).send().status())
                .isEqualTo(404);
        assertThat(FIXTURE.post("/api/orders")
                        .bearer(TOKENS.bob())
                        .body("{}")
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(FIXTURE.stub("orders").requests()).hasSize(2);
        assertThat(FIXTURE.stub("orders").requests().get(1).body()).isEqualTo("{}");
        assertThat(FIXTURE.get("/api/orders").send().status()).isEqualTo(401);
        assertThat(FIXTURE.stub("orders").requests()).hasSize(2);
    }

    @Test
    void c_goesByItsClock() {
        String token = TestTokens.of("https://idp.example.com", "orders-api").alice();
        assertThat(FIXTURE.get("/api/orders").bearer(token).send().status()).isEqualTo(401);
        for (int i = 0; i < 5; i++) {
            var unused = FIXTURE.get("/api/orders").bearer(TOKENS.alice()).send();
        }
        assertThat(FIXTURE.get("/api/orders").bearer(TOKENS.alice()).send().status())
                .isEqualTo(429);
        CLOCK.advance(Duration.ofMinutes(2));
        assertThat(FIXTURE.get("/api/orders").bearer(TOKENS.alice()).send().status())
                .isEqualTo(200);
    }

    @Test
    void runsForOneTestWhereTheFieldIsNotStatic() {
        assertThat(ofEachTest.get("/api/orders").bearer(TOKENS.alice()).send().status())
                .isEqualTo(200);
        assertThat(ofEachTest.stub("orders").request().path()).isEqualTo("/v2/orders");
        ofEachTest.stub("orders").breakOff();
        assertThat(ofEachTest.get("/api/orders").bearer(TOKENS.bob()).send().status())
                .isEqualTo(502);
    }

    @Test
    void runsWithoutJUnitToo() {
        GatewayFixture fixture = GatewayFixture.of(ShopGateway.gateway());
        assertThatThrownBy(() -> fixture.get("/")).hasMessageContaining("fixture: not running");
        try (GatewayFixture started = fixture.start()) {
            assertThat(started.get("/ping").send().body()).isEqualTo("pong");
            assertThat(started.uri().getPort()).isPositive();
        }
    }

    @Test
    void saysThatAStubIsForNoUpstream() {
        GatewayFixture fixture =
                GatewayFixture.of(ShopGateway.gateway()).stub("users", users -> users.respond(200, ""));
        assertThatThrownBy(fixture::start).hasMessage("stub: users (expected: one of the upstreams [orders])");
        assertThatThrownBy(() -> fixture.stub("nobody")).hasMessageContaining("upstream: nobody");
    }
}
