package dev.lintel.filters.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.testing.Answer;
import dev.lintel.testing.IssuerFault;
import dev.lintel.testing.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetching from a real issuer, right and wrong. */
class HttpKeyFetchTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final JwkReader reader = new JwkReader(EnumSet.of(JwtAlgorithm.RS256, JwtAlgorithm.ES256));
    private final TestIssuer issuer = TestIssuer.start();

    @AfterEach
    void stopIssuer() {
        issuer.close();
    }

    private HttpKeyFetch direct(Duration timeout) {
        return HttpKeyFetch.of(client, URI.create(issuer.keySetUrl()), timeout, reader);
    }

    private HttpKeyFetch discovering() {
        return discovering(issuer.url());
    }

    private HttpKeyFetch discovering(String expected) {
        URI uri = URI.create(issuer.url() + TestIssuer.DISCOVERY_PATH);
        return HttpKeyFetch.discovering(client, uri, expected, TIMEOUT, false, reader);
    }

    private static JwkReader.Keys fetched(HttpKeyFetch fetch) throws Exception {
        return fetch.fetch().get(20, TimeUnit.SECONDS);
    }

    private static void fails(HttpKeyFetch fetch, String message) {
        assertThatThrownBy(() -> fetched(fetch))
                .isInstanceOf(ExecutionException.class)
                .rootCause()
                .hasMessageContaining(message);
    }

    private void discoveryDocument(String json) {
        issuer.answerAt(TestIssuer.DISCOVERY_PATH, Answer.ok(json, "Content-Type: application/json"));
    }

    @Test
    void fetchesTheKeysForSignatures() throws Exception {
        issuer.publishEncryptionKey("enc");
        JwkReader.Keys read = fetched(direct(TIMEOUT));
        assertThat(read.keys()).extracting(VerificationKey::id).containsExactly("rsa-0", "ec-0");
        assertThat(read.ignored()).containsExactly("use \"sig\"");
    }

    @Test
    void discoversOnceAndAgainAfterAFailure() throws Exception {
        HttpKeyFetch fetch = discovering();
        assertThat(fetched(fetch).keys()).hasSize(2);
        assertThat(fetched(fetch).keys()).hasSize(2);
        assertThat(issuer.discoveryFetches()).isEqualTo(1);
        issuer.fail(IssuerFault.ERROR);
        fails(fetch, "status 500");
        issuer.fail(IssuerFault.NONE);
        assertThat(fetched(fetch).keys()).hasSize(2);
        assertThat(issuer.discoveryFetches()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = IssuerFault.class,
            names = {"REFUSE", "ERROR", "HANG", "SLOW", "HUGE", "ENDLESS", "HTML", "GARBAGE", "REDIRECT"})
    void failsWithinItsTimeWhateverTheIssuerDoes(IssuerFault fault) {
        issuer.fail(fault);
        HttpKeyFetch fetch = direct(Duration.ofMillis(500));
        assertThatThrownBy(() -> fetched(fetch))
                .isInstanceOf(ExecutionException.class)
                .rootCause()
                .isInstanceOfAny(IOException.class, TimeoutException.class, CompletionException.class);
        assertThat(issuer.redirectsFollowed()).isZero();
        issuer.fail(IssuerFault.NONE);
    }

    @Test
    void hangsUpOnAnswersThatAreTooLarge() {
        issuer.fail(IssuerFault.ENDLESS);
        fails(direct(Duration.ofSeconds(10)), "too large");
        issuer.fail(IssuerFault.NONE);
    }

    @Test
    void refusesADocumentOfAnotherIssuer() {
        fails(discovering(issuer.url() + "/"), "another issuer");
        fails(discovering("https://idp.example.com"), "another issuer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"http://idp.example.com/keys\"",
                "\"http://127.0.0.1.evil.example/keys\"",
                "\"file:///etc/passwd\"",
                "\"jar:http://127.0.0.1/x!/y\"",
                "\"/keys\"",
                "\"https://user:password@idp.example.com/keys\"",
                "\"https://\"",
                "\"\"",
                "7",
                "null"
            })
    void refusesKeySetsAtOddPlaces(String location) {
        discoveryDocument("{\"issuer\":\"" + issuer.url() + "\",\"jwks_uri\":" + location + "}");
        fails(discovering(), "jwks_uri: not usable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "<html>", "{\"issuer\":", "{\"issuer\":\"a\",\"issuer\":\"b\"}"})
    void refusesDocumentsThatAreNone(String document) {
        discoveryDocument(document);
        fails(discovering(), "discovery document");
    }
}
