package dev.lintel.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.LiveAnswer;
import dev.lintel.testing.PeerClose;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import dev.lintel.upstream.Upstream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An application's own error page adds nothing to an answer that was cut short, or it would look whole. */
class ErrorPageOfApplicationTest {

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <error-page>
                <location>/error</location>
              </error-page>
            </web-app>
            """;

    private enum Kind {
        SERVLET,
        FILTER
    }

    private enum Body {
        WITH_LENGTH,
        CHUNKED
    }

    static Stream<Arguments> cases() {
        return Stream.of(Container.values())
                .flatMap(container -> Stream.of(Kind.values())
                        .flatMap(kind -> Stream.of(Body.values()).map(body -> Arguments.of(container, kind, body))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void addsNothingToAnAnswerThatIsCutShort(Container container, Kind kind, Body body) {
        LiveAnswer live = body == Body.CHUNKED
                ? LiveAnswer.chunked(200)
                : LiveAnswer.raw("HTTP/1.1 200 OK\r\nContent-Length: 301\r\n\r\n");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(live);
                WebApp app = application(container, kind, upstream);
                RawClient client = RawClient.connect(app.port())) {
            client.send(RawRequest.get("/api/x"));
            if (body == Body.CHUNKED) {
                live.chunk("part");
            } else {
                live.write("part");
            }
            client.awaitText("part");
            live.breakOff(PeerClose.FIN);

            assertThat(new String(client.readUntilClosed(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("sorry")
                    .doesNotContain("\r\n0\r\n\r\n");
            upstream.answerWith(request -> Answer.ok("fine"));
            await().untilAsserted(() -> assertThat(RawClient.exchange(app.port(), RawRequest.get("/api/y"))
                            .bodyText())
                    .isEqualTo("fine"));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void isStillShownForErrorsOfTheApplicationItself(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("fine"));
                WebApp app = application(container, Kind.FILTER, upstream)) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/own")).bodyText())
                    .contains("sorry");
        }
    }

    private static WebApp application(Container container, Kind kind, ScriptedUpstream upstream) {
        Gateway gateway = Gateway.builder()
                .upstream(Upstream.named("up").target(upstream.url()))
                .route(Route.named("api").path("/api/**").to("up"))
                .build();
        WebApp.Builder app = WebApp.on(container)
                .webXml(WEB_XML)
                .serve(
                        "/error",
                        (request, response) -> response.getOutputStream().print("sorry ".repeat(200)))
                .serve("/own", (request, response) -> response.sendError(500));
        if (kind == Kind.SERVLET) {
            app.servlet(ServletSetup.of("gateway", new GatewayServlet(gateway)).patterns("/api/*"));
        } else {
            app.filter("gateway", new RouterFilter(gateway));
        }
        return app.start();
    }
}
