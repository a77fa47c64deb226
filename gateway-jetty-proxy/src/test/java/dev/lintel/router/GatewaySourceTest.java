package dev.lintel.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a servlet or filter that a container made of its class finds its gateway. */
class GatewaySourceTest {

    private static final String ATTRIBUTE = "dev.lintel.gateway";

    /** As which of the two it is mounted. */
    enum Form {
        SERVLET {
            @Override
            WebApp.Builder add(WebApp.Builder app, Map<String, String> params) {
                ServletSetup setup = ServletSetup.of("lintel", GatewayServlet.class);
                params.forEach(setup::param);
                return app.servlet(setup);
            }
        },
        FILTER {
            @Override
            WebApp.Builder add(WebApp.Builder app, Map<String, String> params) {
                FilterSetup setup = FilterSetup.of("lintel", RouterFilter.class);
                params.forEach(setup::param);
                return app.filter(setup);
            }
        };

        abstract WebApp.Builder add(WebApp.Builder app, Map<String, String> params);
    }

    static List<Object[]> rows() {
        List<Object[]> rows = new ArrayList<>();
        for (Container container : Container.values()) {
            for (Form form : Form.values()) {
                rows.add(new Object[] {form, container});
            }
        }
        return rows;
    }

    private static Gateway answering(String body) {
        return Gateway.builder()
                .route(Route.named("all").path("/**").answer(200, "text/plain", body))
                .build();
    }

    /** A class that an init-param names. */
    public static final class Named implements Supplier<Gateway> {
        @Override
        public Gateway get() {
            return answering("by name");
        }
    }

    /** A class that gives something else. */
    public static final class Other implements Supplier<String> {
        @Override
        public String get() {
            return "no gateway";
        }
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("rows")
    void isTheAttributeOfTheContext(Form form, Container container) {
        WebApp.Builder app = WebApp.on(container).attribute(ATTRIBUTE, answering("by attribute"));
        assertThat(answer(form.add(app, Map.of()))).isEqualTo("by attribute");
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("rows")
    void isMadeByTheClassThatTheInitParamNamesAlsoBesideAnAttribute(Form form, Container container) {
        WebApp.Builder app = WebApp.on(container).attribute(ATTRIBUTE, answering("by attribute"));
        assertThat(answer(form.add(app, Map.of("gateway", Named.class.getName()))))
                .isEqualTo("by name");
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({"SERVLET,JETTY_EE10", "FILTER,JETTY_EE10", "FILTER,TOMCAT_10"
    }) // Tomcat starts without a servlet that fails
    void isMissedAtStartInWordsThatSayWhatToWrite(Form form, Container container) {
        assertThatThrownBy(
                        () -> form.add(WebApp.on(container), Map.of()).start().close())
                .hasStackTraceContaining("gateway: none (expected: an init-param 'gateway' naming a Supplier<Gateway>")
                .hasStackTraceContaining("or a Gateway in the context attribute 'dev.lintel.gateway')");
        assertThatThrownBy(() -> form.add(WebApp.on(container).attribute(ATTRIBUTE, "no gateway"), Map.of())
                        .start()
                        .close())
                .hasStackTraceContaining("gateway: none (expected: ");
        assertThatThrownBy(() -> form.add(WebApp.on(container), Map.of("gateway", Other.class.getName()))
                        .start()
                        .close())
                .hasStackTraceContaining("gateway: " + Other.class.getName() + " (expected: a Supplier<Gateway>)");
        assertThatThrownBy(() -> form.add(WebApp.on(container), Map.of("gateway", "no.such.Class"))
                        .start()
                        .close())
                .hasStackTraceContaining("gateway: no.such.Class: no.such.Class (expected: a class that can be made)");
    }

    private static String answer(WebApp.Builder builder) {
        try (WebApp app = builder.start()) {
            return RawClient.exchange(app.port(), RawRequest.get("/")).bodyText();
        }
    }
}
