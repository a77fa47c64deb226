package dev.lintel.filters.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyLocationTest {

    @ParameterizedTest
    @CsvSource({
        "https://idp.example.com/keys, true, true",
        "HTTPS://idp.example.com, true, true",
        "http://localhost:8080/keys, true, true",
        "http://LOCALHOST/keys, true, true",
        "http://127.0.0.1/keys, true, true",
        "http://127.1.2.3:80/, true, true",
        "http://[::1]:80/, true, true",
        "http://idp.example.com/keys, false, true",
        "http://127.0.0.1.evil.example/, false, true",
        "http://127.evil/, false, true",
        "http://localhost.evil.example/, false, true",
        "http://10.0.0.1/, false, true",
        "http://[::2]/, false, true",
        "ftp://127.0.0.1/, false, false",
        "file:///etc/passwd, false, false",
        "https:///keys, false, false",
        "//idp.example.com/keys, false, false",
        "/keys, false, false",
        "idp.example.com, false, false",
        "https://user@idp.example.com/, false, false",
        "https://idp.example.com/#x, false, false",
        "https://idp.example.com/a b, false, false",
        "'', false, false"
    })
    void acceptsHttpsAndLoopback(String text, boolean accepted, boolean withTheOption) {
        assertThat(KeyLocation.parse(text, false) != null).isEqualTo(accepted);
        assertThat(KeyLocation.parse(text, true) != null).isEqualTo(withTheOption);
    }

    @Test
    void findsTheDiscoveryDocumentBelowTheIssuer() {
        String document = "https://idp.example.com/realms/a/.well-known/openid-configuration";
        assertThat(KeyLocation.discoveryOf("https://idp.example.com/realms/a")).isEqualTo(document);
        assertThat(KeyLocation.discoveryOf("https://idp.example.com/realms/a/")).isEqualTo(document);
    }

    @Test
    void leavesTheQueryOutOfLogs() {
        assertThat(KeyLocation.forLogs(URI.create("https://idp.example.com/keys?api_key=secret")))
                .isEqualTo("https://idp.example.com/keys");
    }
}
