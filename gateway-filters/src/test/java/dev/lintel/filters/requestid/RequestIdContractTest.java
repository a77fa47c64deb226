package dev.lintel.filters.requestid;

import dev.lintel.filters.requestid.RequestIdFilter.Accept;
import dev.lintel.testing.FilterContract;
import dev.lintel.testing.RawRequest;
import jakarta.servlet.Filter;
import java.util.List;
import java.util.Map;

class RequestIdContractTest extends FilterContract {

    @Override
    protected Filter filter() {
        return RequestIdFilter.builder().accept(Accept.ALWAYS).build();
    }

    @Override
    protected Class<? extends Filter> type() {
        return RequestIdFilter.class;
    }

    @Override
    protected Map<String, String> initParams() {
        return Map.of("accept", "always");
    }

    @Override
    protected RawRequest passing(String path) {
        return RawRequest.get(path).header("x-request-id", "id-1").header("X_Request_Id", "id-2");
    }

    @Override
    protected Map<String, String> addedHeaders() {
        return Map.of("X-Request-Id", "id-1");
    }

    @Override
    protected List<String> hiddenHeaders() {
        return List.of("X_Request_Id");
    }
}
