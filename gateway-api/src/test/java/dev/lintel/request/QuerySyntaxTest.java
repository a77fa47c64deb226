package dev.lintel.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuerySyntaxTest {

    @ParameterizedTest(name = "A12 A22 {0}")
    @ValueSource(
            strings = {
                "",
                "a=1&b=2",
                "a=%0d%0aX-User-ID:%20admin",
                "a=%00",
                "a=%2e%2e%2f%5c",
                "a=%252e",
                "a=%ff%c0%ae",
                "q='[]:@!*",
                "a=/../?;x",
                "?",
                "a[b]=c&a[]=d",
                "~-._$&()+,="
            })
    void letsAWellFormedQueryPass(String query) {
        assertThat(QuerySyntax.violation(query)).isNull();
    }

    @ParameterizedTest(name = "A21 {0}")
    @CsvSource(
            delimiter = ' ',
            value = {
                "a=%zz broken-escape-in-query",
                "a=% broken-escape-in-query",
                "a=%4 broken-escape-in-query",
                "a=%u0041 broken-escape-in-query",
                "a=%-1 broken-escape-in-query",
                "a=b|c illegal-character-in-query",
                "a={b illegal-character-in-query",
                "a=b} illegal-character-in-query",
                "a=<b illegal-character-in-query",
                "a=b> illegal-character-in-query",
                "a=\" illegal-character-in-query",
                "a=b^ illegal-character-in-query",
                "a=b` illegal-character-in-query",
                "a=\\ illegal-character-in-query",
                "a=b#c illegal-character-in-query",
                "a=\u00fc illegal-character-in-query",
                "a=\uff41 illegal-character-in-query"
            })
    void namesTheRuleThatAQueryBreaks(String query, String rule) {
        assertThat(QuerySyntax.violation(query)).isEqualTo(rule);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 10, 13, 27, 32, 127, 128, 0x85, 0xa0, 0x2028, 0xd800})
    void refusesSpacesAndControlCharacters(int c) {
        assertThat(QuerySyntax.violation("a=" + (char) c)).isEqualTo("illegal-character-in-query");
    }
}
