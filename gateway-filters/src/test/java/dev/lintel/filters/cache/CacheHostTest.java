package dev.lintel.filters.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Container;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hosts that are one and are written in several ways: an application answers by what it sees. */
class CacheHostTest {

    private static CachedApp start(Container container) {
        return new CachedApp(container, true, (request, response, number) -> {
            if (request.getMethod().equals("GET")) {
                response.setHeader("Cache-Control", "max-age=60");
            }
            response.getWriter()
                    .write(request.getHeader("Host") + " " + request.getScheme() + "://" + request.getServerName() + ":"
                            + request.getServerPort());
        });
    }

    private static RawRequest get(String target, String host) {
        return RawRequest.get(target).withoutHost().header("Host", host);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aHostThatIsWrittenOtherwisePassesBy(Container container) {
        try (CachedApp app = start(container)) {
            for (String host : List.of(
                    "LOCALHOST",
                    "localhost.",
                    "localhost:",
                    "localhost:0080",
                    "LocalHost:80",
                    "localhost:80",
                    "[0:0::1]")) {
                RawResponse response = app.attempt(get("/a", host));
                // Jetty spells some in one way itself
                if (response.status() == 200 && response.bodyText().startsWith(host + " ")) {
                    assertThat(response.header("Cache-Status")).as(host).isEqualTo("lintel; fwd=bypass");
                    assertThat(app.cache().size()).as(host).isZero();
                }
                app.cache().clear();
            }
            for (String host : List.of("localhost", "127.0.0.1:8080", "[::1]:8080", "a-b.example")) {
                RawResponse first = app.send(get("/a", host));
                RawResponse again = app.send(get("/a", host));
                assertThat(again.header("Cache-Status")).as(host).contains("hit");
                assertThat(again.bodyText()).isEqualTo(first.bodyText()).startsWith(host + " ");
            }
        }
    }

    /** The target says it, while {@code Host} says what the key says. */
    @ParameterizedTest
    @EnumSource(Container.class)
    void whatATargetInAbsoluteFormSaysPoisonsNobody(Container container) {
        try (CachedApp app = start(container)) {
            String right = app.send(get("/right", "localhost")).bodyText();
            for (String target : List.of(
                    "http://LOCALHOST/a",
                    "http://localhost./a",
                    "http://localhost:81/a",
                    "https://localhost/a",
                    "HTTP://localhost/a",
                    "http://localhost:80/a",
                    "http://evil.example/a",
                    "http://user@localhost/a")) {
                app.attempt(get(target, "localhost"));
                assertThat(app.send(get("/a", "localhost")).bodyText())
                        .as(target)
                        .isEqualTo(right);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void whatIsForNoHostOrForTwoIsNotKept(Container container) {
        try (CachedApp app = start(container)) {
            List<RawRequest> odd = List.of(
                    RawRequest.raw("GET /a HTTP/1.0"),
                    RawRequest.raw("GET /a HTTP/1.1", "Host: localhost", "Host: evil.example"),
                    RawRequest.raw("GET /a HTTP/1.1", "Host: evil.example", "Host: localhost"),
                    RawRequest.raw("GET /a HTTP/1.1", "Host: localhost, evil.example"),
                    RawRequest.raw("GET /a HTTP/1.1", "Host:"));
            for (RawRequest request : odd) {
                app.attempt(request);
                assertThat(app.send(get("/a", "localhost")).bodyText()).startsWith("localhost http://localhost:");
                app.cache().clear();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aChangeIsOneForEverySpelling(Container container) {
        try (CachedApp app = start(container)) {
            app.send(get("/a", "localhost"));
            assertThat(app.cache().size()).isEqualTo(1);
            app.send(RawRequest.of("DELETE", "/a").withoutHost().header("Host", "LOCALHOST"));
            assertThat(app.cache().size()).isZero();
        }
    }
}
