package dev.lintel.filters.apikey;

import dev.lintel.testing.FilterContract;
import dev.lintel.testing.RawRequest;
import jakarta.servlet.Filter;
import java.util.List;
import java.util.Map;

class ApiKeyContractTest extends FilterContract {

    private static final String KEY = "5yG2-demo-key-of-some-length";
    private static final String SHA_256 = "54e36b91815acc3b0c2078035c743006f23ac4fbd289f1c5d4eccfb63ce35f8a";

    @Override
    protected Filter filter() {
        return ApiKeyAuthFilter.builder().plainKey("demo", KEY).build();
    }

    @Override
    protected Class<? extends Filter> type() {
        return ApiKeyAuthFilter.class;
    }

    @Override
    protected Map<String, String> initParams() {
        return Map.of("keys", "demo:" + SHA_256);
    }

    @Override
    protected RawRequest passing(String path) {
        return RawRequest.get(path).header("X-API-Key", KEY).header("X-Consumer-ID", "forged");
    }

    @Override
    protected RawRequest refused(String path) {
        return RawRequest.get(path).header("X-API-Key", "wrong");
    }

    @Override
    protected int refusedStatus() {
        return 401;
    }

    @Override
    protected Map<String, String> addedHeaders() {
        return Map.of("X-Consumer-ID", "demo");
    }

    @Override
    protected List<String> hiddenHeaders() {
        return List.of("X-API-Key");
    }
}
