package dev.lintel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jwt.SignedJWT;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestIssuerTest {

    private final TestIssuer issuer = TestIssuer.start();

    @AfterEach
    void close() {
        issuer.close();
    }

    private RawResponse keySet() {
        return RawClient.exchange(issuer.port(), RawRequest.get(TestIssuer.KEY_SET_PATH));
    }

    @Test
    void itsTokensVerifyWithItsKeySet() throws Exception {
        SignedJWT token = SignedJWT.parse(issuer.token().audience("orders").sign());
        JWK key = JWKSet.parse(keySet().bodyText())
                .getKeyByKeyId(token.getHeader().getKeyID());

        assertThat(token.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
        assertThat(key.getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(issuer.url());
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("orders");
        assertThat(issuer.keySetFetches()).isEqualTo(1);
        assertThat(issuer.discoveryFetches()).isZero();
    }

    @Test
    void discoveryPointsToTheKeySet() {
        RawResponse response = RawClient.exchange(issuer.port(), RawRequest.get(TestIssuer.DISCOVERY_PATH));

        assertThat(response.bodyText())
                .contains("\"issuer\":\"" + issuer.url() + "\"", "\"jwks_uri\":\"" + issuer.keySetUrl() + "\"");
        assertThat(issuer.discoveryFetches()).isEqualTo(1);
    }

    @Test
    void rotatesAndRemovesKeys() throws Exception {
        issuer.rotate();
        assertThat(ids()).containsExactly("rsa-0", "ec-0", "rsa-1", "ec-1");
        issuer.removeKey("rsa-0");
        assertThat(ids()).containsExactly("ec-0", "rsa-1", "ec-1");
        assertThat(issuer.rsaKey().id()).isEqualTo("rsa-1");
        assertThatThrownBy(() -> issuer.removeKey("rsa-0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void publishesAnEncryptionKeyBesideTheOthers() throws Exception {
        issuer.publishEncryptionKey("enc");

        JWK key = JWKSet.parse(keySet().bodyText()).getKeyByKeyId("enc");
        assertThat(key.getKeyUse()).isEqualTo(KeyUse.ENCRYPTION);
    }

    private List<String> ids() throws Exception {
        return JWKSet.parse(keySet().bodyText()).getKeys().stream()
                .map(JWK::getKeyID)
                .toList();
    }

    @Test
    void refusesConnectionsAndComesBackAtTheSamePort() {
        issuer.fail(IssuerFault.REFUSE);
        assertThatThrownBy(this::keySet).isInstanceOf(UncheckedIOException.class);
        issuer.fail(IssuerFault.NONE);
        assertThat(keySet().status()).isEqualTo(200);
    }

    @Test
    void hangsUntilReleased() {
        issuer.fail(IssuerFault.HANG);
        try (RawClient client = RawClient.connect(issuer.port())) {
            client.send(RawRequest.get(TestIssuer.KEY_SET_PATH));
            issuer.awaitKeySetFetches(1);
            assertThat(client.isClosedByPeer()).isFalse();

            issuer.fail(IssuerFault.NONE);

            assertThat(client.readResponse().bodyText()).isEqualTo(issuer.keySet());
        }
    }

    @Test
    void isSlowUntilReleased() {
        issuer.fail(IssuerFault.SLOW);
        try (RawClient client = RawClient.connect(issuer.port())) {
            client.send(RawRequest.get(TestIssuer.KEY_SET_PATH));
            client.awaitText("\r\n\r\n{\"");
            issuer.fail(IssuerFault.NONE);

            assertThat(client.readResponse().bodyText()).isEqualTo(issuer.keySet());
        }
    }

    @Test
    void answersWithEachFault() {
        issuer.fail(IssuerFault.ERROR);
        assertThat(keySet().status()).isEqualTo(500);
        issuer.fail(IssuerFault.HUGE);
        assertThat(keySet().bodyLength()).isGreaterThan(10_000_000);
        issuer.fail(IssuerFault.HTML);
        assertThat(keySet().bodyText()).startsWith("<!doctype");
        issuer.fail(IssuerFault.GARBAGE);
        assertThat(issuer.keySet()).startsWith(keySet().bodyText()).isNotEqualTo(keySet().bodyText());
        issuer.fail(IssuerFault.REDIRECT);
        assertThat(keySet().header("Location")).isEqualTo(issuer.url() + "/moved");
        assertThat(RawClient.exchange(issuer.port(), RawRequest.get("/moved")).bodyText())
                .isEqualTo(issuer.keySet());
        assertThat(issuer.redirectsFollowed()).isEqualTo(1);
    }

    @Test
    void endlessAnswersEndWhenTheClientLeaves() {
        issuer.fail(IssuerFault.ENDLESS);
        try (RawClient client = RawClient.connect(issuer.port())) {
            client.send(RawRequest.get(TestIssuer.KEY_SET_PATH));
            client.awaitBytes(200_000);
            client.reset();
        }
        assertThat(issuer.server().awaitAborted().path()).isEqualTo(TestIssuer.KEY_SET_PATH);
    }

    @Test
    void oneAddressCanAnswerSomethingElse() {
        issuer.answerAt(TestIssuer.KEY_SET_PATH, Answer.ok("{}"));
        assertThat(keySet().bodyText()).isEqualTo("{}");
        issuer.answerAt(TestIssuer.KEY_SET_PATH, null);
        assertThat(keySet().bodyText()).isEqualTo(issuer.keySet());
    }

    @Test
    void anIssuerThatTakesAnothersPlaceHasOtherKeys() {
        TestIssuer first = TestIssuer.start();
        first.close();
        try (TestIssuer second = TestIssuer.start()) {
            assertThat(second.rsaKey().publicPem()).isNotEqualTo(first.rsaKey().publicPem());
        }
    }

    @Test
    void tokensGoByTheGivenClock() throws Exception {
        MutableClock clock = MutableClock.create();
        try (TestIssuer timed = TestIssuer.start(clock)) {
            clock.advance(Duration.ofHours(1));
            assertThat(SignedJWT.parse(timed.token().sign()).getJWTClaimsSet().getExpirationTime())
                    .isEqualTo(clock.instant().plusSeconds(60));
        }
    }
}
