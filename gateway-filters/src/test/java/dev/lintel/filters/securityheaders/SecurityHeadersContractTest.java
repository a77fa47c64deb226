package dev.lintel.filters.securityheaders;

import dev.lintel.testing.FilterContract;
import dev.lintel.testing.RawRequest;
import jakarta.servlet.Filter;
import java.util.Map;

class SecurityHeadersContractTest extends FilterContract {

    @Override
    protected Filter filter() {
        return SecurityHeadersFilter.builder()
                .frameOptions(FrameOptions.DENY)
                .hideServer(true)
                .build();
    }

    @Override
    protected Class<? extends Filter> type() {
        return SecurityHeadersFilter.class;
    }

    @Override
    protected Map<String, String> initParams() {
        return Map.of("frameOptions", "deny", "hideServer", "true");
    }

    @Override
    protected RawRequest passing(String path) {
        return RawRequest.get(path);
    }
}
