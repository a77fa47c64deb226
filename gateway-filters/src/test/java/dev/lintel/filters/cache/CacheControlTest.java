package dev.lintel.filters.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.filters.cache.CacheControl.Flag;
import dev.lintel.filters.cache.CacheControl.Seconds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheControlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=5 | 5",
                "MAX-AGE=5 | 5",
                "max-age=\"5\" | 5",
                "max-age=005 | 5",
                "max-age=0 | 0",
                "max-age=2147483648 | 2147483648",
                "max-age=99999999999999999999999999 | 2147483648",
                "max-age=-5 | 0",
                "max-age=+5 | 0",
                "max-age=5.0 | 0",
                "max-age=5s | 0",
                "max-age='5' | 0",
                "max-age=5;x | 0",
                "max-age= 5 | 0",
                "max-age =5 | 0",
                "max-age= | 0",
                "max-age | 0",
                "max-age=٥ | 0",
                "max-age=5, max-age=5 | 5",
                "max-age=5, max-age=6 | 0",
                "max-age=6, max-age=5 | 0",
                "x=\"max-age=9\", max-age=5 | 5",
                "x=\"a\\\", max-age=9\", max-age=5 | 5",
                ",, max-age=5 ,, | 5",
                "public | -1",
                "xmax-age=5 | -1"
            })
    void aNumberThatIsNoneIsZero(String line, long seconds) {
        assertThat(parse(line).seconds(Seconds.MAX_AGE)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-store | NO_STORE",
                "No-Store | NO_STORE",
                "no-store=x | NO_STORE",
                "no-store = x | NO_STORE",
                "private | PRIVATE",
                "private=\"set-cookie, x\" | PRIVATE",
                "no-cache=\"x\" | NO_CACHE",
                "max-age=5,no-cache | NO_CACHE",
                "must-revalidate | MUST_REVALIDATE",
                "proxy-revalidate | PROXY_REVALIDATE",
                "x=\"unended, max-age=5 | NO_STORE",
                "public; no-store | NO_STORE",
                "a b, max-age=5 | NO_STORE",
                "=5 | NO_STORE"
            })
    void whatCanBeReadInTwoWaysIsReadInTheSafeOne(String line, Flag flag) {
        assertThat(parse(line).says(flag)).isTrue();
    }

    @Test
    void linesAreOneList() {
        CacheControl read = parse("max-age=5", "s-maxage=7, no-cache");
        assertThat(read.seconds(Seconds.MAX_AGE)).isEqualTo(5);
        assertThat(read.seconds(Seconds.S_MAXAGE)).isEqualTo(7);
        assertThat(read.says(Flag.NO_CACHE)).isTrue();
        assertThat(parse()).isSameAs(CacheControl.NONE);
        assertThat(parse("max-stale").seconds(Seconds.MAX_STALE)).isEqualTo(CacheControl.MOST);
    }

    /** Whatever comes, it ends and throws nothing. */
    @Test
    void readsAnything() {
        Random random = new Random(7);
        String letters = "ma=,;\"\\ -x05\t'";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder line = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                line.append(letters.charAt(random.nextInt(letters.length())));
            }
            assertThat(parse(line.toString()).seconds(Seconds.MAX_AGE)).isGreaterThanOrEqualTo(-1);
        }
    }

    private static CacheControl parse(String... lines) {
        return CacheControl.parse(List.copyOf(Arrays.asList(lines)));
    }
}
