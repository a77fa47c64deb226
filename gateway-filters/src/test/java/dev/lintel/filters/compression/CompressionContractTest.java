package dev.lintel.filters.compression;

import dev.lintel.testing.FilterContract;
import dev.lintel.testing.RawRequest;
import jakarta.servlet.Filter;
import java.util.Map;

class CompressionContractTest extends FilterContract {

    @Override
    protected Filter filter() {
        return CompressionFilter.builder().minSize(100).build();
    }

    @Override
    protected Class<? extends Filter> type() {
        return CompressionFilter.class;
    }

    @Override
    protected Map<String, String> initParams() {
        return Map.of("minSize", "100");
    }

    @Override
    protected RawRequest passing(String path) {
        return RawRequest.get(path);
    }
}
