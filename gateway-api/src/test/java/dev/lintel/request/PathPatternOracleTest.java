package dev.lintel.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares matching with a regular expression made from the sentences of the contract. */
class PathPatternOracleTest {

    private static final List<String> SEGMENTS = List.of("a", "b", "ab", "{x}", "*");
    private static final List<String> ACTUAL = List.of("a", "b", "ab", "c", "a.b", "abc");

    private final Random random = new Random(7);

    @Test
    void matchesWhatTheSentencesSay() {
        for (int round = 0; round < 20_000; round++) {
            PathPattern pattern = PathPattern.parse(pattern());
            Pattern oracle = oracle(pattern.text());
            for (int i = 0; i < 10; i++) {
                String path = path();
                assertThat(pattern.matches(RequestPath.parse(path)))
                        .as("%s on %s", pattern, path)
                        .isEqualTo(oracle.matcher(path).matches());
            }
        }
    }

    private static Pattern oracle(String pattern) {
        boolean rest = pattern.endsWith("/**");
        String fixed = rest ? pattern.substring(0, pattern.length() - 3) : pattern;
        String regex = List.of(fixed.split("/", -1)).stream()
                .map(segment -> segment.equals("*") || segment.startsWith("{") ? "[^/]+" : Pattern.quote(segment))
                .collect(Collectors.joining("/"));
        return Pattern.compile(rest ? regex + "(/.*)?" : regex);
    }

    private String pattern() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(4);
        for (int i = 0; i < length; i++) {
            text.append('/')
                    .append(SEGMENTS.get(random.nextInt(SEGMENTS.size())).replace("x", "x" + i));
        }
        text.append(List.of("", "/", "/**").get(random.nextInt(3)));
        return text.isEmpty() ? "/" : text.toString();
    }

    private String path() {
        String text = random.ints(random.nextInt(5), 0, ACTUAL.size())
                .mapToObj(i -> "/" + ACTUAL.get(i))
                .collect(Collectors.joining());
        return text.isEmpty() || random.nextInt(3) == 0 ? text + "/" : text;
    }
}
