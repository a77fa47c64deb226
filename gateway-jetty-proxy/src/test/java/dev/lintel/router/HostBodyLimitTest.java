package dev.lintel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.WebApp;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much of a body an application gets that leaves the reading to its container. */
class HostBodyLimitTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data; boundary=b";
    private static final String PART =
            "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\n12345\r\n--b--\r\n";
    private static final int MOST = 90;

    /** Answers with what the container read. */
    public static final class Forms extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            String type = String.valueOf(request.getContentType());
            if (type.startsWith("multipart")) {
                response.getWriter().print("part of " + request.getPart("a").getSize());
            } else if (type.startsWith("application/x")) {
                response.getWriter()
                        .print("form of " + request.getParameter("a").length());
            } else {
                response.getWriter().print("body of " + request.getInputStream().readAllBytes().length);
            }
        }
    }

    private static WebApp app(Container container, long most) {
        Gateway gateway = Gateway.builder()
                .route(Route.named("app").path("/**").maxRequestBody(most).toHostApplication())
                .build();
        return WebApp.on(container)
                .filter("router", new RouterFilter(gateway))
                .webXml("""
                        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                          <servlet>
                            <servlet-name>forms</servlet-name>
                            <servlet-class>dev.lintel.router.HostBodyLimitTest$Forms</servlet-class>
                            <multipart-config/>
                          </servlet>
                          <servlet-mapping>
                            <servlet-name>forms</servlet-name>
                            <url-pattern>/*</url-pattern>
                          </servlet-mapping>
                        </web-app>
                        """)
                .start();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void refusesFormsThatDoNotSayHowLongTheyAre(Container container) {
        try (WebApp app = app(container, MOST)) {
            for (String type : new String[] {FORM, FORM + ";charset=UTF-8", "Application/X-WWW-Form-URLEncoded"}) {
                assertRefused(app, type, "a=" + "1".repeat(200));
            }
            for (String type :
                    new String[] {MULTIPART, "MULTIPART/form-data; boundary=b", "multipart/mixed; boundary=b"}) {
                assertRefused(app, type, PART);
            }
        }
    }

    private static void assertRefused(WebApp app, String type, String body) {
        try (RawClient client = RawClient.connect(app.port())) {
            client.send(RawRequest.post("/x").header("Content-Type", type).chunked(body));
            RawResponse response = client.readResponse();
            assertThat(response.status()).as(type).isEqualTo(411);
            assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(response.bodyText()).contains("\"rule\":\"length-required\"");
            client.awaitClosed();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void keepsToTheLimitWhereTheApplicationReadsAfterADispatch(Container container) {
        Gateway gateway = Gateway.builder()
                .route(Route.named("app").path("/**").maxRequestBody(MOST).toHostApplication())
                .build();
        try (WebApp app = WebApp.on(container)
                .filter(FilterSetup.of("router", new RouterFilter(gateway))
                        .dispatchers(DispatcherType.REQUEST, DispatcherType.FORWARD, DispatcherType.ASYNC))
                .serve(
                        "/forwarded",
                        (request, response) ->
                                request.getRequestDispatcher("/x").forward(request, response))
                .serve("/x", (request, response) -> {
                    if (request.getDispatcherType() == DispatcherType.ASYNC) {
                        response.getWriter().print(request.getInputStream().readAllBytes().length);
                    } else {
                        request.startAsync().dispatch("/x");
                    }
                })
                .start()) {
            for (String path : new String[] {"/x", "/forwarded"}) {
                RawRequest exact = RawRequest.post(path).chunked("x".repeat(MOST));
                assertThat(RawClient.exchange(app.port(), exact).bodyText())
                        .as(path)
                        .isEqualTo("" + MOST);
                RawRequest more = RawRequest.post(path).chunked("x".repeat(MOST + 1));
                assertThat(RawClient.exchange(app.port(), more).status())
                        .as(path)
                        .isEqualTo(413);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void takesFormsThatSayHowLongTheyAreWithinTheLimit(Container container) {
        try (WebApp app = app(container, MOST)) {
            assertThat(post(app, FORM, RawRequest.post("/x").body("a=" + "1".repeat(MOST - 2))))
                    .isEqualTo("200 form of 88");
            assertThat(post(app, FORM, RawRequest.post("/x").body("a=" + "1".repeat(MOST - 1))))
                    .startsWith("413 ");
            assertThat(PART).hasSizeLessThanOrEqualTo(MOST);
            assertThat(post(app, MULTIPART, RawRequest.post("/x").body(PART))).isEqualTo("200 part of 5");
            String longer = PART.replace("12345", "1".repeat(MOST));
            assertThat(post(app, MULTIPART, RawRequest.post("/x").body(longer))).startsWith("413 ");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void leavesOtherBodiesAndRoutesWithoutLimitAlone(Container container) {
        try (WebApp app = app(container, MOST)) {
            assertThat(post(app, "text/plain", RawRequest.post("/x").chunked("1234567890")))
                    .isEqualTo("200 body of 10");
            assertThat(post(app, "text/plain", RawRequest.post("/x").chunked("1".repeat(MOST + 1))))
                    .startsWith("413 ");
        }
        try (WebApp app = app(container, 0)) {
            assertThat(post(app, FORM, RawRequest.post("/x").chunked("a=1234567890")))
                    .isEqualTo("200 form of 10");
        }
    }

    private static String post(WebApp app, String type, RawRequest request) {
        RawResponse response = RawClient.exchange(app.port(), request.header("Content-Type", type));
        return response.status() + " " + response.bodyText();
    }
}
