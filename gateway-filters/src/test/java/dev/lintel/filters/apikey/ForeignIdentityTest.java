package dev.lintel.filters.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.WebApp;
import jakarta.servlet.DispatcherType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The filter alone in an application, and a caller who claims to be somebody else. */
class ForeignIdentityTest {

    @ParameterizedTest
    @EnumSource(Container.class)
    void isHiddenAlsoAfterTheApplicationDispatchedItself(Container container) {
        ApiKeyAuthFilter filter =
                ApiKeyAuthFilter.builder().plainKey("demo", "demo-key").build();
        try (WebApp app = WebApp.on(container)
                .filter("keys", filter)
                .serve("/*", (request, response) -> {
                    if (request.getDispatcherType() == DispatcherType.REQUEST) {
                        request.startAsync().dispatch();
                        return;
                    }
                    response.getWriter()
                            .print(request.getHeader("X-User-ID") + " " + request.getHeader("X-Consumer-ID") + " "
                                    + request.getHeader("X-API-Key"));
                })
                .start()) {
            RawRequest forged = RawRequest.get("/x")
                    .header("X-API-Key", "demo-key")
                    .header("X-User-ID", "root")
                    .header("X-Consumer-ID", "root");
            assertThat(RawClient.exchange(app.port(), forged).bodyText()).isEqualTo("null demo null");
        }
    }
}
