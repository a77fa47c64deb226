package dev.lintel.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a store speaks to without TLS, so that whoever writes a file can be warned. */
class ClearTextHostsTest {

    private final RedisStoreProvider provider = new RedisStoreProvider();

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            redis://redis.example.com                                    | redis.example.com
            redis://user:p@redis.example.com:6380/2                      | redis.example.com
            redis://[2001:db8::1]:6379                                   | [2001:db8::1]
            redis-sentinel://one.example.com:26379,two.example.com#main  | one.example.com,two.example.com
            redis-cluster://p@one.example.com:7000,two.example.com:7001  | one.example.com,two.example.com
            rediss://redis.example.com                                   | none
            rediss-sentinel://one.example.com#main                       | none
            rediss-cluster://one.example.com:7000                        | none
            http://redis.example.com                                     | none
            """)
    void areThoseOfAnAddressWithoutTls(String uri, String hosts) {
        assertThat(provider.clearTextHosts(Map.of("uri", uri)))
                .isEqualTo(hosts == null ? List.of() : List.of(hosts.split(",", -1)));
    }

    @Test
    void areNoneWithoutAnAddress() {
        assertThat(provider.clearTextHosts(Map.of())).isEmpty();
    }
}
