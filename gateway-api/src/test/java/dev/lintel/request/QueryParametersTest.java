package dev.lintel.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryParametersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "null                 | null        | ''",
                "a=1                  | a=1         | ''",
                "k=1                  | null        | 1",
                "k                    | null        | ''",
                "k=                   | null        | ''",
                "a=1&k=2&b=3          | a=1&b=3     | 2",
                "k=2&a=1              | a=1         | 2",
                "a=1&k=2              | a=1         | 2",
                "k=1&k=2              | null        | 1,2",
                "%6b=1&a=%41          | a=%41       | 1",
                "%6B=%31              | null        | %31",
                "k%=1                 | k%=1        | ''",
                "%k=1                 | %k=1        | ''",
                "%6=1                 | %6=1        | ''",
                "K=1&kk=2&a=k=3       | K=1&kk=2&a=k=3 | ''",
                "k=a=b&c              | c           | a=b",
                "&k=1&&               | &&          | 1",
                "a+b=+&k=+            | a+b=+       | +"
            })
    void findsAndTakesOut(@Nullable String query, @Nullable String rest, String values) {
        assertThat(QueryParameters.without(query, "k")).isEqualTo(rest);
        assertThat(String.join(",", QueryParameters.values(query, "k"))).isEqualTo(values);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "abc, abc",
                "%41%62, Ab",
                "a+b, a+b",
                "%C3%A4, \u00e4",
                "%C3, null",
                "%, null",
                "%4, null",
                "%zz, null",
                "%FF, null"
            })
    void decodesWholeTextsOnly(String value, @Nullable String decoded) {
        assertThat(QueryParameters.decoded(value)).isEqualTo(decoded);
    }

    @Test
    void readsAQueryOfManyParametersOnce() {
        String query = "a&".repeat(4_000) + "k=1";
        assertThat(QueryParameters.values(query, "k")).containsExactly("1");
        assertThat(QueryParameters.without(query, "k")).hasSize(8_000 - 1);
    }
}
