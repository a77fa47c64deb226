package dev.lintel.conformance.boot40tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.TestIssuer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The configuration of {@code docs/spring-boot.md}, in an application with a controller of its own. */
class SpringBootSampleTest {

    private final TestIssuer issuer = TestIssuer.start();
    private final ScriptedUpstream orders = ScriptedUpstream.answering(Answer.ok("order 7"));
    private ConfigurableApplicationContext context;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(GatewayConfiguration.class)
    @RestController
    static class Application {

        @GetMapping("/api/hello")
        String hello(@RequestHeader("X-User-ID") String user) {
            return "hello " + user;
        }

        @GetMapping("/open")
        String open() {
            return "open";
        }
    }

    @BeforeEach
    void start() {
        SpringApplication boot = new SpringApplication(Application.class);
        boot.setDefaultProperties(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "spring.main.banner-mode", "off",
                "logging.level.root", "off",
                "idp.issuer", issuer.url(),
                "orders.url", orders.url()));
        context = boot.run();
        // a request waits for the first keys, but not longer than a second
        await().atMost(Duration.ofSeconds(30))
                .until(() -> ask(as("early", "/api/hello")).status() == 200);
    }

    @AfterEach
    void stop() {
        context.close();
        orders.close();
        issuer.close();
    }

    private RawResponse ask(RawRequest request) {
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return RawClient.exchange(port, request);
    }

    private RawRequest asAlice(String path) {
        return as("alice", path);
    }

    private RawRequest as(String user, String path) {
        String token = issuer.token().subject(user).audience("orders-api").sign();
        return RawRequest.get(path).header("Authorization", "Bearer " + token);
    }

    @Test
    void tellsControllersWhoCallsAndBelievesNobodyElse() {
        assertThat(ask(RawRequest.get("/api/hello").header("X-User-ID", "mallory"))
                        .status())
                .isEqualTo(401);
        RawResponse answer = ask(asAlice("/api/hello").header("X-User-ID", "mallory"));
        assertThat(answer.bodyText()).isEqualTo("hello alice");
    }

    @Test
    void leavesAloneWhatItIsNotMappedTo() {
        assertThat(ask(RawRequest.get("/open")).bodyText()).isEqualTo("open");
    }

    @Test
    void limitsEachUser() {
        for (int i = 0; i < 100; i++) {
            assertThat(ask(asAlice("/api/hello")).status()).isEqualTo(200);
        }
        // a slow machine has had time for a few more
        List<Integer> statuses = new ArrayList<>();
        while (statuses.size() < 200 && !statuses.contains(429)) {
            statuses.add(ask(asAlice("/api/hello")).status());
        }
        assertThat(statuses).endsWith(429);
    }

    @Test
    void passesItsRoutesOn() {
        assertThat(ask(RawRequest.get("/orders/7")).bodyText()).isEqualTo("order 7");
        assertThat(orders.awaitRequest().target()).isEqualTo("/orders/7");
    }
}
