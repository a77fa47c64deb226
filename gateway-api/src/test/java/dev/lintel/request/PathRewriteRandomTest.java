package dev.lintel.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A41, A42: whatever was captured, the path that is made could have been admitted itself. */
class PathRewriteRandomTest {

    private static final List<String> PATTERNS =
            List.of("/**", "/{x}/**", "/api/**", "/api/{x}", "/api/{x}/", "/api/{x}/**");
    private static final List<String> TEMPLATES =
            List.of("/", "/**", "/v2/**", "/{x}", "/{x}/", "/{x}/y/**", "/a/{x}/b", "/a.b/{x}/**");
    private static final List<String> PIECES = List.of(
            "api",
            "/",
            "/",
            "a",
            ".",
            "..",
            "%2e",
            "%2F",
            "%3F",
            "%23",
            "%25",
            "%0d",
            "@",
            ":",
            "evil.example",
            ";jsessionid=",
            "=",
            "%C3%BC");

    private final Random random = new Random(41);

    @Test
    void makesOnlyAdmissiblePaths() {
        int made = 0;
        for (int round = 0; round < 200_000; round++) {
            PathPattern pattern = PathPattern.parse(PATTERNS.get(random.nextInt(PATTERNS.size())));
            RequestPath path = RequestPath.parseWithSessionId(path());
            PathRewrite rewrite = rewrite();
            if (path.violation() == null
                    && pattern.matches(path)
                    && rewrite.conflictWith(pattern).isEmpty()) {
                String result = rewrite.apply(path, pattern);
                assertThat(RequestPath.parseWithSessionId(result).violation())
                        .as("%s of %s by %s", result, path, rewrite)
                        .isNull();
                assertThat(result).startsWith("/").doesNotStartWith("//").doesNotContain("?", "#", "/../", "\r");
                made++;
            }
        }
        assertThat(made).isGreaterThan(10_000);
    }

    private PathRewrite rewrite() {
        return switch (random.nextInt(4)) {
            case 0 -> PathRewrite.none();
            case 1 -> PathRewrite.stripPrefix("/api");
            default -> PathRewrite.template(TEMPLATES.get(random.nextInt(TEMPLATES.size())));
        };
    }

    private String path() {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "/api" : "/");
        int pieces = random.nextInt(7);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
