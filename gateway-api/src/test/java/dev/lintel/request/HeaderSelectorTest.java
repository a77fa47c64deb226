package dev.lintel.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderSelectorTest {

    private static final HeaderSelector OWNED = HeaderSelector.of("X-User-ID", "X-User-Role", "X-Internal-*");

    @ParameterizedTest(name = "G02 G04 {0}")
    @ValueSource(
            strings = {
                "X-User-ID", "x-user-id", "X-USER-ID", "x-UsEr-iD", "X_User_ID", "X.User.ID", "X-User_ID", "X--User-ID",
                "XUserID", "xuserid", "-X-User-ID-", "X!User#ID", "X-User-ID\t", " X-User-ID", "X-User-ID\0",
                        "X~User|ID'",
                "X-User-\u00fcID", "X_USER.ROLE", "X-Internal-Token", "x_internal_a", "XInternalA", "X-Internal"
            })
    void meansEverySpelling(String name) {
        assertThat(OWNED.matches(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "X-User",
                "X-User-IDs",
                "X-User-I",
                "Y-User-ID",
                "XX-User-ID",
                "X-Interna",
                "Content-Type",
                "\u212a",
                "X-User-Roles",
                "HTTP_X_USER_ID",
                "x-user-id%00"
            })
    void meansNothingElse(String name) {
        assertThat(OWNED.matches(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"X-A, x_a, true", "X-A, XA, true", "X-A, X-AB, false", "X-AB, X-A, false", "-, '', true", "A, -, false"
    })
    void comparesTwoNamesFolded(String one, String other, boolean same) {
        assertThat(HeaderSelector.sameFolded(one, other)).isEqualTo(same);
        assertThat(HeaderSelector.sameFolded(other, one)).isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "-", "-*", "_.*", "X A", "X-A:", "X\0", "\u00fc", "X-A* ", "(x)"})
    void refusesWhatIsNoName(String pattern) {
        assertThat(HeaderSelector.isPattern(pattern)).isFalse();
        assertThatThrownBy(() -> HeaderSelector.of("X-Good", pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("header: " + pattern + " (expected: a field name, or a prefix followed by *)");
    }

    @Test
    void ignoresTheSeparatorAtTheEndOfAPrefixToo() {
        HeaderSelector prefix = HeaderSelector.of("X-A-*");
        assertThat(List.of("X-A-B", "x_a_b", "XAB", "X-A", "X-Api-Key")).allMatch(prefix::matches);
        assertThat(List.of("X", "X-B-A", "Y-A-B")).noneMatch(prefix::matches);
    }

    @Test
    void joinsSelections() {
        HeaderSelector both = HeaderSelector.of("X-A").or(HeaderSelector.of("X-B", "X-A"));
        assertThat(both.patterns()).containsExactly("X-A", "X-B");
        assertThat(both.matches("x_a") && both.matches("x_b")).isTrue();
        assertThat(HeaderSelector.none().or(both)).isSameAs(both);
        assertThat(both.or(HeaderSelector.none())).isSameAs(both);
        assertThat(both.or(HeaderSelector.of("X-B"))).as("nothing new").isSameAs(both);
        assertThat(HeaderSelector.none().isEmpty()).isTrue();
        assertThat(HeaderSelector.none().matches("X-A")).isFalse();
        assertThat(HeaderSelector.of(List.of())).isSameAs(HeaderSelector.none());
    }

    @Test
    @Timeout(300)
    void agreesWithPlainFolding() {
        Random random = new Random(39858);
        for (int round = 0; round < 10_000; round++) {
            List<String> patterns = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                patterns.add("x0z9".charAt(random.nextInt(4))
                        + name(random, "abzAB059-_.", 4)
                        + (random.nextInt(4) == 0 ? "*" : ""));
            }
            HeaderSelector selector = HeaderSelector.of(patterns);
            for (int i = 0; i < 20; i++) {
                String name = name(random, "x0Z9xXabzAB05--__.c\u00fc", 8);
                assertThat(selector.matches(name))
                        .as("%s in %s", name, patterns)
                        .isEqualTo(oracle(patterns, name));
            }
        }
    }

    private static boolean oracle(List<String> patterns, String name) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.endsWith("*")
                        ? fold(name).startsWith(fold(pattern))
                        : fold(name).equals(fold(pattern)));
    }

    private static String fold(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    private static String name(Random random, String alphabet, int most) {
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            name.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return name.toString();
    }
}
