package dev.lintel.filters.anyof;

import dev.lintel.filters.apikey.ApiKeyAuthFilter;
import dev.lintel.filters.apikey.ApiKeyAuthFilterBuilder;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.filters.jwt.JwtAuthFilterBuilder;
import dev.lintel.testing.TestKey;
import dev.lintel.testing.TokenBuilder;
import java.time.InstantSource;
import java.util.List;

/** Credentials of both kinds and the filters that know them. */
final class Credentials {

    static final String SECRET = "0123456789abcdefghijklmnopqrstuvwxyz";
    static final String KEY = "k-3f9Ad71-Qz0Lr8wYx2Vb";
    static final String KEY_SHA_256 = "ed891037443201d37060fc38082356c64e716bd5645550979d1f761019c4add4";

    private Credentials() {}

    static JwtAuthFilterBuilder tokens() {
        return JwtAuthFilter.builder().issuer("me").audience("us").secret(SECRET);
    }

    /** Of the consumer {@code shop}. */
    static ApiKeyAuthFilterBuilder keys() {
        return ApiKeyAuthFilter.builder().plainKey("shop", KEY);
    }

    /** A good token. */
    static String token(String subject) {
        return TokenBuilder.with(TestKey.secret("k", SECRET), InstantSource.system())
                .issuer("me")
                .audience("us")
                .subject(subject)
                .claim("roles", List.of("admin", "user"))
                .sign();
    }
}
