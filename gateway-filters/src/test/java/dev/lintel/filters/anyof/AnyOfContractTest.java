package dev.lintel.filters.anyof;

import dev.lintel.filters.apikey.ApiKeyAuthFilter;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.testing.FilterContract;
import dev.lintel.testing.RawRequest;
import jakarta.servlet.Filter;
import java.util.List;
import java.util.Map;

class AnyOfContractTest extends FilterContract {

    @Override
    protected Filter filter() {
        return AnyOfFilter.anyOf(
                Credentials.tokens().build(), Credentials.keys().build());
    }

    @Override
    protected Class<? extends Filter> type() {
        return AnyOfFilter.class;
    }

    @Override
    protected Map<String, String> initParams() {
        return Map.of(
                "filters",
                "token, key",
                "token.class",
                JwtAuthFilter.class.getName(),
                "token.issuer",
                "me",
                "token.audience",
                "us",
                "token.secret",
                Credentials.SECRET,
                "key.class",
                ApiKeyAuthFilter.class.getName(),
                "key.keys",
                "shop:" + Credentials.KEY_SHA_256);
    }

    /** Both credentials of one subject, so that both filters have something to write and to hide. */
    @Override
    protected RawRequest passing(String path) {
        return RawRequest.get(path)
                .bearer(Credentials.token("shop"))
                .header("X-API-Key", Credentials.KEY)
                .header("x_user.id", "root")
                .header("x_consumer.id", "root");
    }

    @Override
    protected RawRequest refused(String path) {
        return RawRequest.get(path);
    }

    @Override
    protected int refusedStatus() {
        return 401;
    }

    @Override
    protected Map<String, String> addedHeaders() {
        return Map.of("X-User-ID", "shop", "X-User-Role", "admin,user", "X-Consumer-ID", "shop");
    }

    @Override
    protected List<String> hiddenHeaders() {
        return List.of("Authorization", "X-API-Key", "x_user.id", "x_consumer.id");
    }
}
