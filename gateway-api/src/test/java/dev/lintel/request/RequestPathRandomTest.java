package dev.lintel.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestPathRandomTest {

    private static final String[] PIECES = {
        "/",
        "//",
        ".",
        "..",
        "%2e",
        "%2E",
        "%2f",
        "%5c",
        "\\",
        ";",
        ";jsessionid=",
        "%25",
        "%",
        "25",
        "2f",
        "%32",
        "%66",
        "%c3%bc",
        "%c0%ae",
        "%ff",
        "a",
        "b",
        "users",
        "#",
        "?",
        "|",
        "\0",
        "%00",
        "\r\n",
        "\u00fc",
        "\ud800",
        "@",
        ":",
        "%e2%80%a8",
        "~",
        "=",
        "%u002e",
        "%c3"
    };

    private final Random random = new Random(20261101);

    @Test
    void neverThrowsAndReadsItsOwnTextTheSameWay() {
        for (int round = 0; round < 200_000; round++) {
            String raw = text();
            check(
                    raw,
                    RequestPath.parse(raw),
                    RequestPath.parse(RequestPath.parse(raw).raw()));
            RequestPath withId = RequestPath.parseWithSessionId(raw);
            check(raw, withId, RequestPath.parseWithSessionId(withId.raw()));
        }
    }

    private static void check(String raw, RequestPath path, RequestPath again) {
        boolean same = path.segments().equals(again.segments())
                && path.rawSegments().equals(again.rawSegments())
                && path.trailingSlash() == again.trailingSlash()
                && path.encodedSlash() == again.encodedSlash()
                && java.util.Objects.equals(path.violation(), again.violation());
        assertThat(same).as("parsed again: %s", raw).isTrue();
        if (path.violation() == null) {
            assertThat(isPlain(path)).as("admitted: %s", raw).isTrue();
        }
    }

    /** What everybody behind may rely on, found by other means than the parser's. */
    private static boolean isPlain(RequestPath path) {
        String joined = "/" + String.join("/", path.rawSegments());
        String text = path.trailingSlash() && !path.segments().isEmpty() ? joined + "/" : joined;
        String rest = path.raw().substring(text.length());
        boolean plain =
                path.raw().startsWith(text) && (rest.isEmpty() || rest.matches(";jsessionid=[!-~&&[^/;%#?\\\\]]*"));
        for (int i = 0; i < path.segments().size(); i++) {
            String raw = path.rawSegments().get(i);
            String decoded = path.segments().get(i);
            plain &= decoded.equals(URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8));
            plain &= !decoded.matches("(?s)(.*/)?\\.{1,2}(/.*)?");
            plain &= !decoded.matches("(?s).*(%[0-9a-fA-F]{2}|[\\\\\\p{Cntrl}\ufffd\u2028\u2029]).*");
            plain &= !raw.isEmpty() && raw.matches("[!-~&&[^/;#?\\\\\"<>^`{|}\\[\\]]]+");
        }
        return plain;
    }

    private String text() {
        StringBuilder text = new StringBuilder(random.nextInt(16) == 0 ? "" : "/");
        int pieces = random.nextInt(8);
        for (int i = 0; i < pieces; i++) {
            if (random.nextInt(12) == 0) {
                text.append((char) random.nextInt(random.nextBoolean() ? 128 : 65536));
            } else {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return text.toString();
    }
}
