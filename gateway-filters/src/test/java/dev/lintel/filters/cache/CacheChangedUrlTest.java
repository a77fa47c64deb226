package dev.lintel.filters.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Container;
import dev.lintel.testing.RawRequest;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A filter of the application that shows those behind it another URL by what a client says, and hides that it was said. */
class CacheChangedUrlTest {

    private static final CachedApp.Answering TELLING = (request, response, number) -> {
        response.setHeader("Cache-Control", "max-age=60");
        response.getWriter()
                .write("[" + request.getContextPath() + "]" + request.getPathInfo() + " " + request.getRequestURI()
                        + " " + request.getQueryString());
    };

    private static final Filter PLAIN = (request, response, chain) -> chain.doFilter(request, response);

    /** As Spring's {@code ForwardedHeaderFilter} does. */
    private static final Filter BELIEVING = (request, response, chain) -> {
        HttpServletRequest below = (HttpServletRequest) request;
        String prefix = below.getHeader("Prefix");
        String query = below.getHeader("Query");
        chain.doFilter(
                prefix == null && query == null ? request : new Changed(below, prefix == null ? "" : prefix, query),
                response);
    };

    private static final class Changed extends HttpServletRequestWrapper {

        private final String prefix;
        private final String query;

        Changed(HttpServletRequest below, String prefix, String query) {
            super(below);
            this.prefix = prefix;
            this.query = query;
        }

        @Override
        public String getContextPath() {
            return prefix;
        }

        @Override
        public String getRequestURI() {
            return prefix + super.getRequestURI();
        }

        @Override
        public String getQueryString() {
            return query == null ? super.getQueryString() : query;
        }
    }

    private static CachedApp start(Container container, boolean first) {
        return first
                ? new CachedApp(container, true, TELLING, PLAIN, BELIEVING)
                : new CachedApp(container, true, TELLING, BELIEVING);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void whatIsShownOfItAfterLintelHasBegunPoisonsNobody(Container container) {
        poisonsNobody(container, false);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void whatIsShownOfItBeforeLintelBeginsPoisonsNobody(Container container) {
        poisonsNobody(container, true);
    }

    private static void poisonsNobody(Container container, boolean first) {
        try (CachedApp app = start(container, first)) {
            for (String line : new String[] {"Prefix: /b", "Query: q=evil"}) {
                assertThat(app.get(line).header("Cache-Status")).as(line).isEqualTo("lintel; fwd=bypass");
                assertThat(app.cache().size()).as(line).isZero();
            }
            assertThat(app.get().bodyText()).isEqualTo("[]/a /a null");
            assertThat(app.send(RawRequest.get("/b/a")).bodyText()).isEqualTo("[]/b/a /b/a null");
            assertThat(app.send(RawRequest.get("/a?q=evil")).bodyText()).isEqualTo("[]/a /a q=evil");
            assertThat(app.get().header("Cache-Status")).contains("hit");
            assertThat(app.get("Prefix: /b").bodyText()).isEqualTo("[/b]/a /b/a null");
        }
    }
}
