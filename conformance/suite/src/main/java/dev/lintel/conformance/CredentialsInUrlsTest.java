package dev.lintel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.GatewayBuilder;
import dev.lintel.Route;
import dev.lintel.filters.accesslog.AccessLogFilter;
import dev.lintel.filters.accesslog.AccessLogFilter.Format;
import dev.lintel.filters.apikey.ApiKeyAuthFilter;
import dev.lintel.router.GatewayServlet;
import dev.lintel.router.RouterFilter;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key in a URL stays out of the access log, whatever becomes of the request before its filter. */
class CredentialsInUrlsTest {

    private static final String SECRET = "s3cret-0123456789";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @ParameterizedTest
    @EnumSource(Container.class)
    void areMaskedOnLinesOfRequestsThatNeverReachedTheirFilter(Container container) throws IOException {
        for (Format format : new Format[] {Format.COMBINED, Format.JSON}) {
            Path file = directory.resolve(format + ".log");
            try (WebApp app = WebApp.on(container)
                    .servlet(ServletSetup.of("gateway", new GatewayServlet(gateway(format, file)))
                            .patterns("/*"))
                    .start()) {
                List<Integer> statuses = sendAll(app);
                assertThat(statuses).containsExactly(200, 401, 400, 404, 405, 403);
                assertMasked(file, statuses.size());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void areMaskedByAFilterOutsideTheGatewayToo(Container container) throws IOException {
        Path file = directory.resolve("outside.log");
        AccessLogFilter log =
                AccessLogFilter.builder().format(Format.JSON).file(file).build();
        try (WebApp app = WebApp.on(container)
                .filter("log", log)
                .filter("router", new RouterFilter(routed(Gateway.builder())))
                .start()) {
            assertMasked(file, sendAll(app).size());
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void areMaskedByFiltersThatStandAloneBesideEachOther(Container container) throws IOException {
        Path file = directory.resolve("alone.log");
        try (WebApp app = WebApp.on(container)
                .filter("log", AccessLogFilter.builder().file(file).build())
                .filter("closed", (request, response, chain) -> ((HttpServletResponse) response).setStatus(403))
                .filter("keys", keys())
                .start()) {
            assertMasked(file, sendAll(app).size());
        }
    }

    private static Gateway gateway(Format format, Path file) {
        return routed(Gateway.builder()
                .filter(AccessLogFilter.builder()
                        .format(format)
                        .file(file)
                        .redact("other")
                        .build()));
    }

    private static Gateway routed(GatewayBuilder gateway) {
        ApiKeyAuthFilter keys = keys();
        return gateway.route(Route.named("keys")
                        .path("/keys")
                        .methods("GET")
                        .filter(keys)
                        .answer(200, "text/plain", "in"))
                .route(Route.named("closed")
                        .path("/closed")
                        .filter((request, response, chain) -> ((HttpServletResponse) response).setStatus(403))
                        .filter(keys)
                        .answer(200, "text/plain", "in"))
                .build();
    }

    private static ApiKeyAuthFilter keys() {
        return ApiKeyAuthFilter.builder()
                .plainKey("shop", SECRET)
                .queryParameter("ticket")
                .header("X-Ticket")
                .build();
    }

    private static List<Integer> sendAll(WebApp app) {
        List<Integer> statuses = new ArrayList<>();
        String key = "?a=1&t%69cket=" + SECRET;
        for (RawRequest request : List.of(
                RawRequest.get("/keys" + key),
                RawRequest.get("/keys?x-ticket=" + SECRET),
                RawRequest.get("/keys" + key).header("X_Bad", "underscore"),
                RawRequest.get("/other" + key),
                RawRequest.raw("DELETE /keys" + key + " HTTP/1.1", "Host: x.test"),
                RawRequest.get("/closed" + key))) {
            RawRequest referred = request.header("Referer", "https://x.test/keys" + key + "#X-Ticket=" + SECRET);
            statuses.add(RawClient.exchange(app.port(), referred).status());
        }
        return statuses;
    }

    private static void assertMasked(Path file, int lines) throws IOException {
        await().until(() -> Files.readAllLines(file).size() == lines);
        assertThat(Files.readString(file)).doesNotContain(SECRET).contains("a=1", "***");
    }
}
