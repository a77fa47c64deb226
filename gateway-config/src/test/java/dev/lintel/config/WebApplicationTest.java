package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.router.GatewayServlet;
import dev.lintel.router.RouterFilter;
import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file describes the gateway in a web application, too: by the init-param {@code config}. */
class WebApplicationTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Container.class)
    void theServletRunsWhatTheFileSays(Container container) throws IOException {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("from the service"))) {
            String file = file("upstreams: { a: '" + upstream.url() + "' }\n"
                    + "routes: [ { id: r, match: { path: /r/** }, auth: none, upstream: a } ]\n");
            try (WebApp app = WebApp.on(container)
                    .servlet(ServletSetup.of("gateway", GatewayServlet.class)
                            .param("config", file)
                            .patterns("/*"))
                    .start()) {
                assertThat(RawClient.exchange(app.port(), RawRequest.get("/r/1"))
                                .bodyText())
                        .isEqualTo("from the service");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void theFilterRunsWhatTheFileSaysInFrontOfAnApplication(Container container) throws IOException {
        String file = file("""
                routes:
                  - { id: own, match: { path: /own }, answer: { status: 200, body: own } }
                  - { id: app, match: { path: /app/** }, auth: none, hostApplication: true }
                """);
        try (WebApp app = WebApp.on(container)
                .filter(FilterSetup.of("router", RouterFilter.class)
                        .param("config", file)
                        .patterns("/*"))
                .serve("/app/hello", (request, response) -> response.getWriter().print("hello"))
                .start()) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/own")).bodyText())
                    .isEqualTo("own");
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/app/hello"))
                            .bodyText())
                    .isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aBrokenFileFailsTheStartWithItsPlaces(Container container) throws IOException {
        String file = file("routs: []\n");

        assertThatThrownBy(() -> WebApp.on(container)
                        .filter(FilterSetup.of("router", RouterFilter.class)
                                .param("config", file)
                                .patterns("/*"))
                        .start())
                .hasStackTraceContaining("gateway.yaml:2:1")
                .hasStackTraceContaining("unknown key 'routs'");
    }

    private String file(String sections) throws IOException {
        return Files.writeString(folder.resolve("gateway.yaml"), "version: 1\n" + sections)
                .toString();
    }
}
