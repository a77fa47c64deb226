package dev.lintel.filters.cache;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Container;
import dev.lintel.testing.RawResponse;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads of which not all was said behind the cache, or not all that was said stands. */
class CacheHeadTest {

    private static final Map<String, Consumer<HttpServletResponse>> FORBIDDING = Map.of(
            "private", response -> response.setHeader("Cache-Control", "private, no-store"),
            "shorter", response -> response.setHeader("Cache-Control", "max-age=1"),
            "not cached before", response -> response.setHeader("Pragma", "no-cache"),
            "expired", response -> response.setDateHeader("Expires", 0),
            "a cookie", response -> response.addCookie(new Cookie("a", "b")),
            "a line of a cookie", response -> response.addHeader("Set-Cookie", "a=b"),
            "of everything", response -> response.setHeader("Vary", "*"),
            "of where from", response -> response.setHeader("Vary", "X-Forwarded-For"));

    private static Filter inFront(Consumer<HttpServletResponse> saying) {
        return (request, response, chain) -> {
            saying.accept((HttpServletResponse) response);
            chain.doFilter(request, response);
        };
    }

    static Stream<Arguments> forbidden() {
        return Stream.of(Container.values())
                .flatMap(container -> FORBIDDING.keySet().stream().sorted().map(what -> Arguments.of(container, what)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("forbidden")
    void whatWasSaidInFrontForbidsToo(Container container, String what) {
        Filter front = inFront(requireNonNull(FORBIDDING.get(what)));
        for (boolean adding : new boolean[] {true, false}) {
            try (CachedApp app = new CachedApp(
                    container,
                    true,
                    (request, response, number) -> {
                        if (adding) {
                            response.addHeader("Cache-Control", "max-age=600");
                        } else {
                            response.addDateHeader("Expires", System.currentTimeMillis() + 600_000);
                        }
                        response.getWriter().write("mine");
                    },
                    front)) {
                app.get();
                assertThat(app.cache().size()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void whatItVariesByInFrontSelectsToo(Container container) {
        try (CachedApp app = new CachedApp(
                container,
                true,
                (request, response, number) -> {
                    response.setHeader("Cache-Control", "max-age=600");
                    response.addHeader("Vary", "Accept");
                    response.getWriter().write("of " + request.getHeader("X-Edition"));
                },
                inFront(response -> response.setHeader("Vary", "X-Edition")))) {
            for (int round = 0; round < 2; round++) {
                assertThat(app.get("X-Edition: a").bodyText()).isEqualTo("of a");
                assertThat(app.get("X-Edition: b").bodyText()).isEqualTo("of b");
            }
            assertThat(app.asked()).isEqualTo(2);
            RawResponse kept = app.get("X-Edition: a");
            assertThat(kept.headers("Vary")).containsExactlyInAnyOrder("X-Edition", "Accept");
        }
    }

    /** What else is in front does not matter to what is kept. */
    @ParameterizedTest
    @EnumSource(Container.class)
    void whatIsOfNoConcernInFrontForbidsNothing(Container container) {
        try (CachedApp app = new CachedApp(
                container,
                true,
                (request, response, number) -> {
                    response.setHeader("Cache-Control", "max-age=600");
                    response.addHeader("Link", "</b>");
                    response.getWriter().write("page");
                },
                inFront(response -> response.addHeader("Link", "</a>")))) {
            app.get();
            assertThat(app.get().headers("Link")).containsExactly("</a>", "</b>");
            assertThat(app.asked()).isEqualTo(1);
        }
    }

    /** The container drops what an included servlet says of the head (Servlet 6.0 section 9.3). */
    @ParameterizedTest
    @ValueSource(strings = {"Cache-Control: public, max-age=3600", "ETag: \"of the part\"", "X-Part: yes"})
    void whatAnIncludedPartSaysInVainIsNotBelieved(String line) {
        String name = line.substring(0, line.indexOf(':'));
        for (Container container : Container.values()) {
            try (CachedApp app = new CachedApp(container, true, (request, response, number) -> {
                if (request.getDispatcherType() == DispatcherType.INCLUDE) {
                    response.setHeader(name, line.substring(name.length() + 2));
                    response.getWriter().write("part");
                    return;
                }
                boolean decides = name.equals("Cache-Control");
                response.setHeader("Cache-Control", decides ? "private, no-store" : "max-age=600");
                request.getRequestDispatcher("/part").include(request, response);
                response.getWriter().write(" and what is mine");
            })) {
                RawResponse first = app.get();
                if (name.equals("Cache-Control")) {
                    assertThat(app.cache().size()).as(container.name()).isZero();
                }
                assertThat(app.get().headers(name)).isEqualTo(first.headers(name));
            }
        }
    }
}
