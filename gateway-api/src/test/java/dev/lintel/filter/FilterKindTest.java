package dev.lintel.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Exchange;
import dev.lintel.Stage;
import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.option.Problem;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterKindTest {

    private static final Option<Long> MOST =
            Option.number("most", 1, 9, "how many").or(3L);

    /** A filter of Lintel's own way. */
    public static final class Counting extends LintelFilter {
        private long most;

        /** Without options. */
        public Counting() {
            super(false);
        }

        @Override
        public OptionCatalogue catalogue() {
            return OptionCatalogue.of("counting", "counts", MOST);
        }

        @Override
        protected void configure(OptionReader options) {
            most = options.value(MOST);
        }

        @Override
        public @Nullable Stage stage() {
            return null;
        }

        @Override
        protected void filter(
                Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(request, response);
        }
    }

    /** A filter that knows nothing of Lintel but says what it can be told. */
    public static class Foreign implements Filter, Described, NonWaiting {
        /** Without options. */
        public Foreign() {}

        @Override
        public OptionCatalogue catalogue() {
            return OptionCatalogue.of(
                    "foreign",
                    "does something",
                    MOST,
                    Option.text("to", "where to").required());
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(request, response);
        }
    }

    private static List<String> problems(OptionReader reader) {
        return reader.problems().list().stream().map(Problem::toString).toList();
    }

    @Test
    void makesAFilterOfTextsAtOnceAndTellsAllProblems() {
        FilterKind kind = FilterKind.of(Counting::new);
        OptionReader good = OptionReader.ofTree(Map.of("most", 5));
        assertThat(kind.make(good))
                .isInstanceOfSatisfying(
                        Counting.class, filter -> assertThat(filter.most).isEqualTo(5));
        OptionReader bad = OptionReader.ofTree(Map.of("most", "ten", "moost", "1"));
        assertThat(kind.make(bad)).isNull();
        assertThat(problems(bad))
                .containsExactlyInAnyOrder(
                        "most: ten (expected: a whole number from 1 to 9)",
                        "moost: unknown option (expected: most? one of most)");
        assertThat(kind.name()).isEqualTo("counting");
        assertThat(kind.authenticates()).isFalse();
    }

    @Test
    void aFilterIsConfiguredOnce() {
        Counting filter = new Counting();
        assertThat(filter.configureNow(OptionReader.of(Map.of()))).isTrue();
        assertThatThrownBy(() -> filter.configureNow(OptionReader.of(Map.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("configured before");
    }

    @Test
    void aClassThatSomebodyNamesReadsItsOptionsWhenItIsMade() {
        FilterKind kind =
                FilterKind.ofClass(Counting.class.getName(), getClass().getClassLoader());
        assertThat(kind.make(OptionReader.of(Map.of("most", "7"))))
                .isInstanceOfSatisfying(
                        Counting.class, filter -> assertThat(filter.most).isEqualTo(7));
    }

    @Test
    void aFilterThatIsNotLintelsIsCheckedByWhatItSaysOfItself() {
        FilterKind kind = FilterKind.ofClass(Foreign.class.getName(), getClass().getClassLoader());
        OptionReader bad = OptionReader.ofTree(Map.of("most", "0", "tto", "x"));
        assertThat(kind.make(bad)).isNull();
        assertThat(problems(bad))
                .containsExactly(
                        "most: 0 (expected: a whole number from 1 to 9)",
                        "to: missing (expected: where to)",
                        "tto: unknown option (expected: to? one of most, to)");
        assertThat(kind.make(OptionReader.ofTree(Map.of("to", "there"))))
                .isInstanceOfSatisfying(
                        NonWaiting.class,
                        filter -> assertThat(filter.neverWaits()).isTrue());
    }

    @Test
    void anItemWithACommaCannotBeToldByAnInitParam() {
        FilterKind kind = FilterKind.ofClass(Foreign.class.getName(), getClass().getClassLoader());
        OptionReader reader = OptionReader.ofTree(Map.of("to", "x", "most", List.of("1,2")));
        assertThat(kind.make(reader)).isNull();
        assertThat(problems(reader)).contains("most: an item with a comma (expected: items without commas)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no.such.Filter", "java.lang.String", "jakarta.servlet.Filter", ""})
    void aClassThatCannotBeMadeIsRefused(String name) {
        assertThatThrownBy(() -> FilterKind.ofClass(name, getClass().getClassLoader()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("class: " + name + " (expected: a filter class");
    }
}
