package dev.lintel.filters.transform;

import dev.lintel.testing.FilterContract;
import dev.lintel.testing.RawRequest;
import jakarta.servlet.Filter;
import java.util.List;
import java.util.Map;

class RequestTransformContractTest extends FilterContract {

    @Override
    protected Filter filter() {
        return RequestTransformFilter.builder()
                .set("X-Method", "${method}")
                .rename("X-Old", "X-New")
                .remove("X-Gone")
                .set("X-Echo", "${header.X-Said:-nothing}")
                .build();
    }

    @Override
    protected Class<? extends Filter> type() {
        return RequestTransformFilter.class;
    }

    @Override
    protected Map<String, String> initParams() {
        return Map.of(
                "set.X-Method", "${method}",
                "rename.X-Old", "X-New",
                "remove", "X-Gone",
                "set.X-Echo", "${header.X-Said:-nothing}");
    }

    @Override
    protected RawRequest passing(String path) {
        return RawRequest.get(path)
                .header("X-Old", "1")
                .header("X-New", "forged")
                .header("X-Gone", "1")
                .header("x_method", "forged");
    }

    @Override
    protected Map<String, String> addedHeaders() {
        return Map.of("X-Method", "GET", "X-New", "1", "X-Echo", "nothing");
    }

    @Override
    protected List<String> hiddenHeaders() {
        return List.of("X-Old", "X-Gone", "x_method");
    }
}
