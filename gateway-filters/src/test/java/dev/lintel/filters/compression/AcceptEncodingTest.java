package dev.lintel.filters.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110 section 12.5.3. */
class AcceptEncodingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gzip                          | true  | true
            GZIP                          | true  | true
            x-gzip                        | true  | true
            br, gzip;q=0.5                | true  | true
            gzip;q=0                      | false | true
            gzip;q=0.000                  | false | true
            gzip;q=0.001                  | true  | true
            gzip ; q=1                    | true  | true
            gzip;Q=0.8                    | true  | true
            *                             | true  | true
            *;q=0                         | false | false
            gzip;q=0, *                   | false | true
            gzip, *;q=0                   | true  | false
            identity;q=0                  | false | false
            identity;q=0, gzip            | true  | false
            identity, *;q=0               | false | true
            identity;q=0.5, gzip;q=0.4    | false | true
            identity;q=0.5, gzip;q=0.5    | true  | true
            br, deflate                   | false | true
            ''                            | false | true
            gzip;q=2                      | false | true
            gzip;q=nonsense               | false | true
            gzip;q=0.12345                | false | true
            gzipped                       | false | true
            """)
    void saysWhatAClientTakes(String line, boolean gzip, boolean identity) {
        assertThat(AcceptEncoding.parse(Collections.enumeration(List.of(line))))
                .isEqualTo(new AcceptEncoding(gzip, identity));
    }

    @ParameterizedTest
    @CsvSource({"br, gzip, true", "gzip;q=0, gzip;q=0.5, true", "br, deflate, false"})
    void mayBeOnSeveralLines(String first, String second, boolean gzip) {
        assertThat(AcceptEncoding.parse(Collections.enumeration(List.of(first, second)))
                        .gzip())
                .isEqualTo(gzip);
    }
}
