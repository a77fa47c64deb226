package dev.lintel.filters.maintenance;

import dev.lintel.testing.FilterContract;
import dev.lintel.testing.RawRequest;
import jakarta.servlet.Filter;
import java.util.Map;

class MaintenanceContractTest extends FilterContract {

    @Override
    protected Filter filter() {
        return MaintenanceFilter.builder().enabled(true).allow("192.0.2.0/24").build();
    }

    @Override
    protected Class<? extends Filter> type() {
        return MaintenanceFilter.class;
    }

    @Override
    protected Map<String, String> initParams() {
        return Map.of("enabled", "true", "allow", "192.0.2.0/24");
    }

    @Override
    protected Map<String, String> contextParams() {
        return Map.of("lintel.trustedProxies", "127.0.0.1");
    }

    @Override
    protected RawRequest passing(String path) {
        return RawRequest.get(path).header("X-Forwarded-For", "192.0.2.1");
    }

    @Override
    protected RawRequest refused(String path) {
        return RawRequest.get(path);
    }

    @Override
    protected int refusedStatus() {
        return 503;
    }
}
