package dev.lintel.https;

import java.util.List;

/** Versions and cipher suites, as Mozilla's "Server Side TLS" recommends them (version 5.7); the client's order counts. */
public enum TlsPreset {

    /** TLS 1.3 alone (RFC 8446): browsers since 2018, Java since 11, OpenSSL since 1.1.1. */
    MODERN(List.of("TLSv1.3"), List.of()),

    /** TLS 1.3 and 1.2; of 1.2 the suites with ephemeral keys and authenticated encryption alone. */
    INTERMEDIATE(
            List.of("TLSv1.3", "TLSv1.2"),
            List.of(
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256"));

    private static final List<String> OF_1_3 =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private final List<String> versions;
    private final List<String> older;

    TlsPreset(List<String> versions, List<String> older) {
        this.versions = versions;
        this.older = older;
    }

    String[] versions() {
        return versions.toArray(String[]::new);
    }

    String[] suites() {
        return java.util.stream.Stream.concat(OF_1_3.stream(), older.stream()).toArray(String[]::new);
    }
}
