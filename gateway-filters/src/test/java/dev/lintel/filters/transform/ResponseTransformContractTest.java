package dev.lintel.filters.transform;

import dev.lintel.testing.FilterContract;
import dev.lintel.testing.RawRequest;
import jakarta.servlet.Filter;
import java.util.Map;

class ResponseTransformContractTest extends FilterContract {

    @Override
    protected Filter filter() {
        return ResponseTransformFilter.builder()
                .set("X-Method", "${method}")
                .add("X-Also", "1")
                .rename("X-Old", "X-New")
                .build();
    }

    @Override
    protected Class<? extends Filter> type() {
        return ResponseTransformFilter.class;
    }

    @Override
    protected Map<String, String> initParams() {
        return Map.of("set.X-Method", "${method}", "add.X-Also", "1", "rename.X-Old", "X-New");
    }

    @Override
    protected RawRequest passing(String path) {
        return RawRequest.get(path);
    }
}
