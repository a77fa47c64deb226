package dev.lintel.filters.jwt;

import dev.lintel.testing.FilterContract;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.TestKey;
import dev.lintel.testing.TokenBuilder;
import jakarta.servlet.Filter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

class JwtAuthContractTest extends FilterContract {

    private static final String SECRET = "0123456789abcdefghijklmnopqrstuvwxyz";

    @Override
    protected Filter filter() {
        return JwtAuthFilter.builder()
                .issuer("me")
                .audience("us")
                .secret(SECRET)
                .build();
    }

    @Override
    protected Class<? extends Filter> type() {
        return JwtAuthFilter.class;
    }

    @Override
    protected Map<String, String> initParams() {
        return Map.of("issuer", "me", "audience", "us", "secret", SECRET);
    }

    @Override
    protected RawRequest passing(String path) {
        String token = TokenBuilder.with(TestKey.secret("k", SECRET), InstantSource.system())
                .issuer("me")
                .audience("us")
                .claim("roles", List.of("admin", "user"))
                .sign();
        return RawRequest.get(path).bearer(token).header("x_user.id", "root");
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
        return Map.of("X-User-ID", "alice", "X-User-Role", "admin,user");
    }

    @Override
    protected List<String> hiddenHeaders() {
        return List.of("Authorization", "x_user.id");
    }
}
