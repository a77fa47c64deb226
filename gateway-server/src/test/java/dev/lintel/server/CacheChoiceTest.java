package dev.lintel.server;

import static dev.lintel.server.CachedGateway.FRESH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of the answers for one URL a request gets, by what it says of how it came, and which of them leave when there are many. */
class CacheChoiceTest {

    private static final int MOST = 8;

    private static boolean isHit(CachedGateway gateway, String... lines) {
        return gateway.get("/a", lines).header("Cache-Status").contains("hit");
    }

    /** Some take a host for one wherever it stands in the line. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=\"host=evil\"",
                "for=host=evil",
                "by=\"proto=https\"",
                "for=\"a host=b\"",
                "for=\"a\\\"host=b\""
            })
    void whatStandsInPlaceOfANodeAndIsNoneIsPartOfTheChoice(String value) {
        try (CachedGateway gateway = CachedGateway.start()) {
            gateway.get("/a", "Forwarded: " + value);
            assertThat(isHit(gateway, "Forwarded: for=1.2.3.4")).isFalse();
            assertThat(isHit(gateway, "Forwarded: by=_b-1;for=\"[2001:db8::1]:80\""))
                    .isTrue();
            assertThat(isHit(gateway, "Forwarded: for=unknown;By=10.0.0.1")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "X-Original-Forwarded-For"})
    void whereARequestComesFromIsNoPartOfTheChoice(String name) {
        try (CachedGateway gateway = CachedGateway.start()) {
            assertThat(isHit(gateway, name + ": 192.0.2.1")).isFalse();
            assertThat(isHit(gateway, name + ": 192.0.2.2")).isTrue();
            gateway.answering(Answer.ok("by address", FRESH, "Vary: " + name));
            gateway.cache().clear();
            gateway.get("/a", name + ": 192.0.2.1");
            assertThat(gateway.cache().size()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-Host: ", "HX-Target: ", "Origin: http://"})
    void requestsThatAnybodyCanMakeUpPushTheUsualOneNeitherOutNorAside(String line) {
        try (CachedGateway gateway = CachedGateway.start()) {
            assertThat(isHit(gateway)).isFalse();
            for (int i = 0; i <= MOST; i++) {
                gateway.get("/a", line + i);
            }
            assertThat(isHit(gateway)).isTrue();
            assertThat(isHit(gateway, line + MOST)).isTrue();
            assertThat(isHit(gateway, line + 0)).isFalse();
            gateway.cache().clear();
            for (int i = 0; i <= MOST; i++) {
                gateway.get("/a", line + i);
            }
            assertThat(isHit(gateway)).isFalse();
            assertThat(isHit(gateway)).isTrue();
        }
    }

    @Test
    void anUnusualOneIsNotKeptWhereUsualOnesTakeAllTheRoom() {
        try (CachedGateway gateway =
                CachedGateway.start().answering(Answer.ok("answer", FRESH, "Vary: Accept-Language"))) {
            List<String> languages = List.of("a", "b", "c", "d", "e", "f", "g", "h");
            languages.forEach(language -> gateway.get("/a", "Accept-Language: " + language));
            assertThat(isHit(gateway, "X-Forwarded-Host: x", "Accept-Language: a"))
                    .isFalse();
            assertThat(isHit(gateway, "X-Forwarded-Host: x", "Accept-Language: a"))
                    .isFalse();
            assertThat(languages).allMatch(language -> isHit(gateway, "Accept-Language: " + language));
            // of usual ones the oldest leaves
            gateway.get("/a", "Accept-Language: i");
            assertThat(isHit(gateway, "Accept-Language: i")).isTrue();
            assertThat(isHit(gateway, "Accept-Language: b")).isTrue();
            assertThat(isHit(gateway, "Accept-Language: a")).isFalse();
        }
    }
}
