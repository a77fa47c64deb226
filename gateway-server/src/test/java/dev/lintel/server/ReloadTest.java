package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.option.GatewayException;
import dev.lintel.option.Problem;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server asks for its next gateway. */
class ReloadTest {

    private static final Gateway FIRST = answering("first");

    private volatile Supplier<Gateway> next = () -> answering("second");
    private GatewayServer server;
    private int admin;

    private static Gateway answering(String body) {
        return Gateway.builder()
                .route(Route.named("all").path("/**").answer(200, "text/plain", body))
                .build();
    }

    @BeforeEach
    void start() {
        server = GatewayServer.builder(FIRST).port(0).reloader(() -> next.get()).start();
        admin = server.adminUri().getPort();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String answer() {
        return RawClient.exchange(server.port(), RawRequest.get("/")).bodyText();
    }

    private RawResponse reload() {
        return RawClient.exchange(admin, RawRequest.post("/reload"));
    }

    private String ready() {
        RawResponse ready = RawClient.exchange(admin, RawRequest.get("/ready"));
        assertThat(ready.status()).isEqualTo(200);
        return ready.bodyText();
    }

    @Test
    void byAMethod() {
        server.reload();
        assertThat(answer()).isEqualTo("second");
    }

    @Test
    void overTheAdminPort() {
        RawResponse done = reload();
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.bodyText()).isEqualTo("{\"status\":\"reloaded\"}");
        assertThat(done.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer()).isEqualTo("second");
    }

    @Test
    void changesNothingIfThereIsAProblemAndTellsItUntilOneSucceeds() {
        next = () -> {
            throw new GatewayException("gateway", List.of(new Problem("routes.a.path", "\"\u00e9\\", "a path")));
        };
        RawResponse failed = reload();
        assertThat(failed.status()).isEqualTo(422);
        String problems = "\"problems\":[\"routes.a.path: \\\"\\u00e9\\\\ (expected: a path)\"]";
        assertThat(failed.bodyText()).isEqualTo("{\"status\":\"failed\"," + problems + "}");
        assertThat(answer()).isEqualTo("first");
        assertThat(ready())
                .matches("\\{\"status\":\"ready\",\"reload\":\\{\"failed\":\"[-:.T0-9]+Z\",.*}}")
                .contains(problems);
        next = () -> answering("third");
        server.reload();
        assertThat(answer()).isEqualTo("third");
        assertThat(ready()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void changesNothingIfTheGatewayCannotBeServed() {
        next = () -> Gateway.builder()
                .route(Route.named("app").path("/**").toHostApplication())
                .build();
        assertThatThrownBy(server::reload).isInstanceOf(GatewayException.class).hasMessageContaining("routes.app.to");
        assertThat(answer()).isEqualTo("first");
        assertThat(ready()).contains("routes.app.to");
    }

    @Test
    void tellsNobodyWhatAnUnexpectedExceptionSays() {
        next = () -> {
            throw new IllegalStateException("password=hunter2");
        };
        RawResponse failed = reload();
        assertThat(failed.status()).isEqualTo(422);
        assertThat(failed.bodyText()).contains("IllegalStateException").doesNotContain("hunter2");
        assertThat(ready()).contains("IllegalStateException").doesNotContain("hunter2");
        assertThat(answer()).isEqualTo("first");
    }

    @Test
    void tellsOfAClassThatIsNotThere() {
        next = () -> {
            throw new NoClassDefFoundError("com/example/Mine");
        };
        assertThat(reload().status()).isEqualTo(422);
        assertThat(ready()).contains("NoClassDefFoundError");
        assertThat(answer()).isEqualTo("first");
    }

    @Test
    void isDoneOnceAtATimeWhileTheServerStillTellsHowItIs() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        next = () -> {
            asked.countDown();
            try {
                release.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            return answering("second");
        };
        try (RawClient slow = RawClient.connect(admin)) {
            slow.send(RawRequest.post("/reload"));
            asked.await();
            RawResponse second = reload();
            assertThat(second.status()).isEqualTo(409);
            assertThat(second.bodyText()).isEqualTo("{\"status\":\"busy\"}");
            assertThat(ready()).isEqualTo("{\"status\":\"ready\"}");
            assertThat(answer()).isEqualTo("first");
            release.countDown();
            assertThat(slow.readResponse().status()).isEqualTo(200);
            assertThat(answer()).isEqualTo("second");
        }
    }

    @Test
    void isNotForPagesInABrowserNorForOtherMethods() {
        RawRequest page = RawRequest.post("/reload").header("Origin", "https://elsewhere.example");
        assertThat(RawClient.exchange(admin, page).status()).isEqualTo(403);
        RawResponse read = RawClient.exchange(admin, RawRequest.get("/reload"));
        assertThat(read.status()).isEqualTo(405);
        assertThat(read.header("Allow")).isEqualTo("POST");
        assertThat(answer()).isEqualTo("first");
    }

    @Test
    void pagesThatHaveGivenThisMachineANameReloadNothingAndReadNoProblems() {
        next = () -> {
            throw new GatewayException("gateway", List.of(new Problem("routes.a.path", "hidden", "a path")));
        };
        assertThat(reload().status()).isEqualTo(422);
        RawRequest rebound = RawRequest.post("/reload").withoutHost().header("Host", "evil.example:" + admin);
        assertThat(RawClient.exchange(admin, rebound).status()).isEqualTo(403);
        RawRequest read = RawRequest.get("/ready").withoutHost().header("Host", "evil.example:" + admin);
        RawResponse told = RawClient.exchange(admin, read);
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.bodyText()).isEqualTo("{\"status\":\"ready\"}");
        assertThat(ready()).contains("hidden");
    }

    @Test
    void isNotThereWithoutAReloader() {
        try (GatewayServer without = GatewayServer.start(FIRST, 0)) {
            assertThat(RawClient.exchange(without.adminUri().getPort(), RawRequest.post("/reload"))
                            .status())
                    .isEqualTo(404);
            assertThatThrownBy(without::reload)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no reloader");
        }
    }
}
