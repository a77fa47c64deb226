package dev.lintel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.example.ShopGateway;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.WebApp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a router in {@code web.xml} finds its gateway, as the page on applications says. */
class RouterInWebXmlTest {

    private static final String GATEWAY = param("gateway", ShopGateway.class.getName());

    @ParameterizedTest
    @EnumSource(Container.class)
    void gatewayIsMadeByTheClassThatIsNamed(Container container) {
        assertRouting(WebApp.on(container).webXml(descriptor(GATEWAY)));
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void gatewayIsFoundInTheContext(Container container) {
        assertRouting(WebApp.on(container)
                .attribute("dev.lintel.gateway", new ShopGateway().get())
                .webXml(descriptor("")));
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void nothingAndTwoAtOnceFailTheStart(Container container) {
        assertThatIllegalStateException()
                .isThrownBy(() -> WebApp.on(container).webXml(descriptor("")).start())
                .havingRootCause()
                .withMessageStartingWith("gateway: none (expected: ");
        assertThatIllegalStateException()
                .isThrownBy(() -> WebApp.on(container)
                        .webXml(descriptor(GATEWAY + param("config", "gateway.yaml")))
                        .start())
                .havingRootCause()
                .withMessageStartingWith("config: gateway.yaml beside gateway (expected: ");
    }

    private static void assertRouting(WebApp.Builder described) {
        try (WebApp app = described.start()) {
            var answer = RawClient.exchange(app.port(), RawRequest.get("/elsewhere"));
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.hasHeader("X-Request-ID")).isTrue();
        }
    }

    private static String param(String name, String value) {
        return "<init-param><param-name>%s</param-name><param-value>%s</param-value></init-param>"
                .formatted(name, value);
    }

    private static String descriptor(String params) {
        return """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                  <filter>
                    <filter-name>router</filter-name>
                    <filter-class>dev.lintel.router.RouterFilter</filter-class>
                    <async-supported>true</async-supported>
                    %s
                  </filter>
                  <filter-mapping>
                    <filter-name>router</filter-name>
                    <url-pattern>/*</url-pattern>
                  </filter-mapping>
                </web-app>
                """.formatted(params);
    }
}
