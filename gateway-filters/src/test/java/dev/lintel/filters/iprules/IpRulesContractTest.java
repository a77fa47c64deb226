package dev.lintel.filters.iprules;

import dev.lintel.testing.FilterContract;
import dev.lintel.testing.RawRequest;
import jakarta.servlet.Filter;
import java.util.Map;

class IpRulesContractTest extends FilterContract {

    @Override
    protected Filter filter() {
        return IpRulesFilter.builder().allow("127.0.0.0/8").deny("10.0.0.0/8").build();
    }

    @Override
    protected Class<? extends Filter> type() {
        return IpRulesFilter.class;
    }

    @Override
    protected Map<String, String> initParams() {
        return Map.of("allow", "127.0.0.0/8", "deny", "10.0.0.0/8");
    }

    @Override
    protected Map<String, String> contextParams() {
        return Map.of("lintel.trustedProxies", "127.0.0.1");
    }

    @Override
    protected RawRequest passing(String path) {
        return RawRequest.get(path);
    }

    @Override
    protected RawRequest refused(String path) {
        return RawRequest.get(path).header("X-Forwarded-For", "10.1.2.3");
    }
}
