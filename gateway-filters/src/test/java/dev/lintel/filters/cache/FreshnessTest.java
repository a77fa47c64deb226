package dev.lintel.filters.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.HeaderField;
import dev.lintel.filters.cache.Freshness.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 section 4.2, row by row. */
class FreshnessTest {

    private static final Instant CAME = Instant.parse("2026-06-01T12:00:00.900Z");
    private static final String NOW = "Mon, 01 Jun 2026 12:00:00 GMT";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cache-Control: max-age=60 | 60 | 0",
                "Cache-Control: max-age=60, s-maxage=5 | 5 | 0",
                "Cache-Control: s-maxage=0 ~ Expires: Mon, 01 Jun 2026 13:00:00 GMT | 0 | 0",
                "Expires: Mon, 01 Jun 2026 12:01:00 GMT ~ Date: Mon, 01 Jun 2026 12:00:00 GMT | 60 | 0",
                "Expires: Mon, 01 Jun 2026 12:01:00 GMT | 60 | 0",
                "Expires: Mon, 01 Jun 2026 12:01:00 GMT ~ Date: Mon, 01 Jun 2026 11:59:00 GMT | 120 | 60",
                "Expires: Mon, 01 Jun 2026 11:59:00 GMT | 0 | 0",
                "Expires: 0 | 0 | 0",
                "Expires: Mon, 01 Jun 2026 12:01:00 GMT ~ Expires: Mon, 01 Jun 2026 12:01:00 GMT | 0 | 0",
                "Cache-Control: max-age=60 ~ Age: 7 | 60 | 7",
                "Cache-Control: max-age=60 ~ Age: 7, 9 | 60 | 7",
                "Cache-Control: max-age=60 ~ Age: 7 ~ Age: 9 | 60 | 7",
                "Cache-Control: max-age=60 ~ Age: -7 | 60 | 0",
                "Cache-Control: max-age=60 ~ Age: 7.5 | 60 | 0",
                "Cache-Control: max-age=60 ~ Age: 99999999999999999999 | 60 | 2147483648",
                "Cache-Control: max-age=60 ~ Date: Mon, 01 Jun 2026 11:59:50 GMT ~ Age: 3 | 60 | 10",
                "Cache-Control: max-age=60 ~ Date: Mon, 01 Jun 2026 12:10:00 GMT | 60 | 0",
                "Cache-Control: max-age=60 ~ Date: never | 60 | 0",
                "Last-Modified: Mon, 01 Jun 2026 11:00:00 GMT | 0 | 0"
            })
    void isWhatTheFieldsSay(String fields, long lifetime, long age) {
        Freshness fresh = of(fields, false, 0);
        assertThat(fresh.lifetime()).isEqualTo(lifetime);
        assertThat(fresh.initialAge()).isEqualTo(age);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Last-Modified: Mon, 01 Jun 2026 11:00:00 GMT | 360",
                "Last-Modified: Mon, 01 Jun 1970 11:00:00 GMT | 86400",
                "Last-Modified: Mon, 01 Jun 2026 13:00:00 GMT | 0",
                "Last-Modified: yesterday | 0",
                "Last-Modified: Mon, 01 Jun 2026 11:00:00 GMT ~ Cache-Control: max-age=0 | 0",
                "Last-Modified: Mon, 01 Jun 2026 11:00:00 GMT ~ Expires: 0 | 0"
            })
    void isGuessedOnlyWhereNothingIsSaid(String fields, long lifetime) {
        assertThat(of(fields, true, 0).lifetime()).isEqualTo(lifetime);
        assertThat(of(fields, false, 0).lifetime()).isZero();
    }

    @Test
    void agesOnTheWayAndHere() {
        Freshness fresh = of("Cache-Control: max-age=60 ~ Age: 5", false, 2_500);
        assertThat(fresh.initialAge()).isEqualTo(7);
        assertThat(fresh.age(TimeUnit.SECONDS.toNanos(10))).isEqualTo(17);
        assertThat(fresh.left(TimeUnit.SECONDS.toNanos(53))).isZero();
    }

    private static Freshness of(String text, boolean heuristic, long delayMillis) {
        List<HeaderField> fields = new ArrayList<>();
        for (String line : text.split(" ~ ", -1)) {
            fields.add(new HeaderField(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2)));
        }
        return Freshness.of(
                fields,
                StorageRules.control(fields),
                heuristic,
                new Times(-TimeUnit.MILLISECONDS.toNanos(delayMillis), 0, CAME));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "Sun, 06 Nov 1994 08:49:37 GMT | 784111777",
                "sun, 06 nov 1994 08:49:37 gmt | 784111777",
                "Sunday, 06-Nov-94 08:49:37 GMT | 784111777",
                "Sun Nov  6 08:49:37 1994 | 784111777",
                "Sun Nov 16 08:49:37 1994 | 784975777",
                "Wednesday, 01-Jan-76 00:00:00 GMT | 3345062400",
                "Thursday, 01-Jan-77 00:00:00 GMT | 220924800",
                "Sun, 06 Nov 1994 08:49:60 GMT | 784111799",
                "Sun, 6 Nov 1994 08:49:37 GMT | none",
                "Sun, 06 Nov 1994 8:49:37 GMT | none",
                "Sun, 06 Nov 1994 08:49:37 UTC | none",
                "Sun, 06 Nov 1994 08:49:37 +0000 | none",
                "Sun, 31 Feb 1994 08:49:37 GMT | none",
                "Sun, 06 Nov 1994 24:49:37 GMT | none",
                "Sun 06 Nov 1994 08:49:37 GMT | none",
                "06 Nov 1994 08:49:37 GMT | none",
                "Sun, 06-Nov-1994 08:49:37 GMT | none",
                "0 | none",
                "784111777 | none"
            })
    void datesAreOfThreeForms(String text, String seconds) {
        assertThat(HttpDate.parse(text, CAME)).isEqualTo(seconds == null ? null : Long.valueOf(seconds));
    }

    @Test
    void writesDatesAsTheyAreToBe() {
        assertThat(HttpDate.format(CAME.toEpochMilli())).isEqualTo(NOW);
        assertThat(HttpDate.parse(null, CAME)).isNull();
    }
}
