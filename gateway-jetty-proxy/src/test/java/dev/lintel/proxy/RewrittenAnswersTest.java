package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.RouteBuilder;
import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an upstream says of itself, on the wire. */
class RewrittenAnswersTest {

    private static RawResponse answer(Container container, UnaryOperator<RouteBuilder> options) {
        try (ScriptedUpstream upstream = ScriptedUpstream.start(request -> Answer.of(
                        302,
                        "",
                        "Location: http://" + request.header("Host") + "/base/login?next=%2Fa",
                        "Content-Location: /base/a",
                        "Set-Cookie: a=\"b c\"; Path=/base; HttpOnly",
                        "Set-Cookie: d=e; Domain=127.0.0.1; Expires=Wed, 21 Oct 2026 07:28:00 GMT",
                        "Set-Cookie: f=g",
                        "Link: </base/x>; rel=next"));
                ProxyApp app = ProxyApp.in(container, options, upstream.url() + "/base")) {
            return app.exchange(RawRequest.get("/a"));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void leadsLocationsAndCookiesThroughTheGatewayByOption(Container container) {
        RawResponse answer = answer(container, route -> route.rewriteLocations().rewriteCookies());
        assertThat(answer.headers("Location")).containsExactly("/login?next=%2Fa");
        assertThat(answer.headers("Content-Location")).containsExactly("/a");
        assertThat(answer.headers("Set-Cookie"))
                .containsExactly("a=\"b c\"; Path=/; HttpOnly", "d=e; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "f=g");
        assertThat(answer.headers("Link")).containsExactly("</base/x>; rel=next");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void leavesThemByDefault(Container container) {
        RawResponse answer = answer(container, route -> route);
        assertThat(answer.header("Location")).endsWith("/base/login?next=%2Fa");
        assertThat(answer.headers("Content-Location")).containsExactly("/base/a");
        assertThat(answer.headers("Set-Cookie"))
                .containsExactly(
                        "a=\"b c\"; Path=/base; HttpOnly",
                        "d=e; Domain=127.0.0.1; Expires=Wed, 21 Oct 2026 07:28:00 GMT",
                        "f=g");
    }
}
