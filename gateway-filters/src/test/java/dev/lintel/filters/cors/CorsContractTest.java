package dev.lintel.filters.cors;

import dev.lintel.testing.FilterContract;
import dev.lintel.testing.RawRequest;
import jakarta.servlet.Filter;
import java.util.Map;

class CorsContractTest extends FilterContract {

    @Override
    protected Filter filter() {
        return CorsFilter.builder().origins("https://app.example").build();
    }

    @Override
    protected Class<? extends Filter> type() {
        return CorsFilter.class;
    }

    @Override
    protected Map<String, String> initParams() {
        return Map.of("origins", "https://app.example");
    }

    @Override
    protected RawRequest passing(String path) {
        return RawRequest.get(path).header("Origin", "https://app.example");
    }

    @Override
    protected RawRequest refused(String path) {
        return RawRequest.of("OPTIONS", path)
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "GET");
    }
}
