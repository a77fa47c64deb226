package dev.lintel.filters.ratelimit;

import static dev.lintel.limit.LimitKey.by;
import static dev.lintel.limit.LimitKey.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.FilterContract;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.util.Map;

class RateLimitContractTest extends FilterContract {

    private static final int LIMIT = 10;

    @Override
    protected Filter filter() {
        return RateLimitFilter.builder()
                .limit("per-client", LIMIT, Duration.ofDays(1))
                .key(by(header("X-Client")))
                .build();
    }

    @Override
    protected Class<? extends Filter> type() {
        return RateLimitFilter.class;
    }

    @Override
    protected Map<String, String> initParams() {
        return Map.of("limits", "per-client=10/1d", "key", "header:X-Client");
    }

    @Override
    protected RawRequest passing(String path) {
        return RawRequest.get(path).header("X-Client", "passing");
    }

    @Override
    protected RawRequest refused(String path) {
        return RawRequest.get(path).header("X-Client", "refused");
    }

    @Override
    protected int refusedStatus() {
        return 429;
    }

    @Override
    protected void beforeRefused(int port) {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(RawClient.exchange(port, refused("/app/sync")).status()).isEqualTo(200);
        }
    }
}
