package dev.lintel.filters.headers;

import dev.lintel.testing.FilterContract;
import dev.lintel.testing.RawRequest;
import jakarta.servlet.Filter;
import java.util.List;
import java.util.Map;

class HeaderStripContractTest extends FilterContract {

    @Override
    protected Filter filter() {
        return HeaderStripFilter.builder()
                .requestHeaders("X-Internal-*", "X-User-ID")
                .responseHeaders("X-Powered-By")
                .build();
    }

    @Override
    protected Class<? extends Filter> type() {
        return HeaderStripFilter.class;
    }

    @Override
    protected Map<String, String> initParams() {
        return Map.of("requestHeaders", "X-Internal-*, X-User-ID", "responseHeaders", "X-Powered-By");
    }

    @Override
    protected RawRequest passing(String path) {
        return RawRequest.get(path).header("X-Internal-Zone", "1").header("x_user.id", "admin");
    }

    @Override
    protected List<String> hiddenHeaders() {
        return List.of("X-Internal-Zone", "x_user.id");
    }
}
