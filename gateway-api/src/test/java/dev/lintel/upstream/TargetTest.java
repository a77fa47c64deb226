package dev.lintel.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource({
        "http://localhost:9001,      http,  localhost,   9001, ''",
        "http://localhost,           http,  localhost,   80,   ''",
        "https://localhost,          https, localhost,   443,  ''",
        "HTTP://API.Example.COM/,    http,  api.example.com, 80, ''",
        "http://a:65535/base/x,      http,  a,           65535, /base/x",
        "http://a/base/,             http,  a,           80,   /base",
        "http://a:/,                 http,  a,           80,   ''",
        "http://[::1]:81/b%20c,      http,  [::1],       81,   /b%20c"
    })
    void readsItsUrl(String url, String scheme, String host, int port, String basePath) {
        assertThat(Target.parse(url)).isEqualTo(new Target(scheme, host, port, basePath));
    }

    @ParameterizedTest
    @CsvSource({
        "http://a:80/b/, a,      http://a/b",
        "http://a:81,    a:81,   http://a:81",
        "https://a:443,  a,      https://a",
        "https://a:80,   a:80,   https://a:80",
        "http://[::1]:443, [::1]:443, http://[::1]:443"
    })
    void isWrittenWithoutTheUsualPort(String url, String authority, String text) {
        assertThat(Target.parse(url).authority()).isEqualTo(authority);
        assertThat(Target.parse(url)).hasToString(text);
        assertThat(Target.parse(text)).isEqualTo(Target.parse(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a:80",
                "/a",
                "//a",
                "ftp://a",
                "file:///etc/passwd",
                "http:",
                "http:a",
                "http:///a",
                "http://",
                "http://:80",
                "http://a:0",
                "http://a:65536",
                "http://a:-1",
                "http://a:x",
                "http://a b",
                "http://a?x=1",
                "http://a/?",
                "http://a#f",
                "http://a//",
                "http://a/b//c",
                "http://a/../b",
                "http://a/b/.",
                "http://a/b/..",
                "http://a/b;c",
                "http://a/%2e%2e/b",
                "http://a/b|c",
                "http://a/b%2fc",
                "http://a\r\nb",
                "jar:http://a",
                "http://a\\b"
            })
    void refusesWhatIsNoTarget(String url) {
        assertThatThrownBy(() -> Target.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("target: ")
                .hasMessageEndingWith(" (expected: http://host[:port][/base] or https://...)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:s3cret@a",
                "http://s3cret@a:80/",
                "http://user:s3cret@a b",
                "http://a:s3cret@",
                "ftp://s3cret@a"
            })
    void neverShowsAUser(String url) {
        assertThatThrownBy(() -> Target.parse(url)).hasMessageNotContaining("s3cret");
    }

    @Test
    void cannotBeMadeUnchecked() {
        assertThatThrownBy(() -> new Target("ftp", "a", 80, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Target("http", "", 80, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Target("http", "u@a", 80, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Target("http", "A", 80, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Target("http", "a", -1, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Target("http", "a", 80, "b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Target("http", "a", 80, "/b/")).isInstanceOf(IllegalArgumentException.class);
    }
}
