package dev.lintel.filters.cache;

import dev.lintel.testing.FilterContract;
import dev.lintel.testing.RawRequest;
import jakarta.servlet.Filter;
import java.util.Map;

class CacheContractTest extends FilterContract {

    @Override
    protected Filter filter() {
        return CacheFilter.builder().maxSize(1 << 20).maxEntrySize(1 << 10).build();
    }

    @Override
    protected Class<? extends Filter> type() {
        return CacheFilter.class;
    }

    @Override
    protected Map<String, String> initParams() {
        return Map.of("maxSize", "1MiB", "maxEntrySize", "1KiB");
    }

    @Override
    protected RawRequest passing(String path) {
        return RawRequest.get(path);
    }
}
