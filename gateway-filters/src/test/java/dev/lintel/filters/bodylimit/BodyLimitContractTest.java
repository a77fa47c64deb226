package dev.lintel.filters.bodylimit;

import dev.lintel.testing.FilterContract;
import dev.lintel.testing.RawRequest;
import jakarta.servlet.Filter;
import java.util.Map;

class BodyLimitContractTest extends FilterContract {

    @Override
    protected Filter filter() {
        return BodyLimitFilter.builder().maxSize(1024).build();
    }

    @Override
    protected Class<? extends Filter> type() {
        return BodyLimitFilter.class;
    }

    @Override
    protected Map<String, String> initParams() {
        return Map.of("maxSize", "1KiB");
    }

    @Override
    protected RawRequest passing(String path) {
        return RawRequest.post(path).body("x".repeat(1024));
    }

    @Override
    protected RawRequest refused(String path) {
        return RawRequest.post(path).body("x".repeat(1025));
    }

    @Override
    protected int refusedStatus() {
        return 413;
    }
}
