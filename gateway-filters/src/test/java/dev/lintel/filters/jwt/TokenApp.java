package dev.lintel.filters.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Exchange;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.TestKey;
import dev.lintel.testing.TokenBuilder;
import dev.lintel.testing.WebApp;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An application behind the filter, which answers what it sees, and the tokens to call it with. */
final class TokenApp {

    static final String SECRET = "0123456789abcdefghijklmnopqrstuvwxyz";
    static final TestKey KEY = TestKey.secret("k", SECRET);
    static final String MISSING = "Bearer realm=\"gateway\"";
    static final String INVALID =
            "Bearer realm=\"gateway\", error=\"invalid_token\", error_description=\"The token is not valid\"";

    private TokenApp() {}

    static TokenBuilder token() {
        return TokenBuilder.with(KEY, InstantSource.system()).issuer("me").audience("us");
    }

    static JwtAuthFilterBuilder filter() {
        return JwtAuthFilter.builder()
                .issuer("me")
                .audience("us")
                .secret(SECRET)
                .maxTokenLength(4096);
    }

    static WebApp app(JwtAuthFilterBuilder filter) {
        return app(Container.JETTY_EE10, FilterSetup.of("jwt", filter.build()));
    }

    static WebApp app(Container container, FilterSetup... filters) {
        WebApp.Builder builder = WebApp.on(container).serve("/*", TokenApp::echo);
        for (FilterSetup filter : filters) {
            builder.filter(filter);
        }
        return builder.start();
    }

    /** Answers the header fields that the application sees, one a line in lower case. */
    static void echo(HttpServletRequest request, HttpServletResponse response) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String name : new TreeSet<>(Collections.list(request.getHeaderNames()))) {
            for (String value : Collections.list(request.getHeaders(name))) {
                text.append(name.toLowerCase(Locale.ROOT))
                        .append(": ")
                        .append(value)
                        .append('\n');
            }
        }
        Exchange exchange = Exchange.of(request);
        text.append("caller=")
                .append(exchange == null ? null : exchange.caller())
                .append('\n');
        response.setContentType("text/plain");
        response.getWriter().print(text);
    }

    static RawResponse get(WebApp app, @Nullable String token, String... lines) {
        RawRequest request = RawRequest.get("/x").close();
        if (token != null) {
            request = request.bearer(token);
        }
        for (String line : lines) {
            request = request.line(line);
        }
        return RawClient.exchange(app.port(), request);
    }

    static void isRefused(RawResponse response, int status, String rule, @Nullable String challenge) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers("WWW-Authenticate")).isEqualTo(challenge == null ? List.of() : List.of(challenge));
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.bodyText()).contains("\"rule\":\"" + rule + "\"").doesNotContain("Exception", "nimbus");
    }
}
