package dev.lintel.filters.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Stage;
import dev.lintel.option.GatewayException;
import dev.lintel.option.OptionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeyConfigurationTest {

    /** {@code printf %s abc | sha256sum} */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final String OTHER = "0".repeat(64);

    private static final String SECRET = "a-key-by-mistake";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    private static ApiKeyOptions read(Map<String, String> params) {
        OptionReader reader = OptionReader.of(params);
        ApiKeyOptions options = ApiKeyAuthFilterBuilder.read(reader);
        reader.finish("ApiKeyAuthFilter");
        return options;
    }

    private static boolean knows(ApiKeyOptions options, String key) {
        KeyDigest digest = KeyDigest.ofKey(key);
        return digest != null && options.keys().find(digest) != null;
    }

    @Test
    void readsEveryInitParam() throws IOException {
        Path file = Files.writeString(
                directory.resolve("keys"),
                "# comment\n\n  shop : " + ABC.toUpperCase(java.util.Locale.ROOT) + "  \r\n");
        ApiKeyOptions options = read(Map.of(
                "keys", "a:b:" + OTHER + ", web:" + "1".repeat(64),
                "keysFile", file.toString(),
                "header", "Api-Key",
                "queryParameter", "api_key",
                "consumerHeader", "X-Client",
                "realm", "shop api",
                "optional", "true",
                "forwardKey", "true"));
        assertThat(options.keys().size()).isEqualTo(3);
        assertThat(knows(options, "abc")).isTrue();
        assertThat(knows(options, "abd")).isFalse();
        assertThat(options.header()).isEqualTo("Api-Key");
        assertThat(options.queryParameter()).isEqualTo("api_key");
        assertThat(options.consumerHeader()).isEqualTo("X-Client");
        assertThat(options.realm()).isEqualTo("shop api");
        assertThat(options.optional()).isTrue();
        assertThat(options.forwardKey()).isTrue();
    }

    @Test
    void hasTheSameDefaultsInCodeAndInInitParams() {
        ApiKeyOptions options = read(Map.of("keys", "shop:" + ABC));
        assertThat(options.header()).isEqualTo("X-API-Key");
        assertThat(options.queryParameter()).isNull();
        assertThat(options.consumerHeader()).isEqualTo("X-Consumer-ID");
        assertThat(options.realm()).isEqualTo("gateway");
        assertThat(options.optional()).isFalse();
        assertThat(options.forwardKey()).isFalse();
        ApiKeyAuthFilter filter = ApiKeyAuthFilter.builder().key("shop", ABC).build();
        assertThat(filter.stage()).isEqualTo(Stage.AUTHENTICATION);
        assertThat(filter.ownedRequestHeaders().patterns()).containsExactly("X-Consumer-ID");
        assertThat(filter).hasToString("ApiKeyAuthFilter[1 keys in X-API-Key]");
    }

    @Test
    void keepsSeveralKeysOfOneConsumer() {
        ApiKeyOptions options = read(Map.of("keys", "shop:" + ABC + ",shop:" + OTHER));
        assertThat(options.keys().size()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "keys           | null                         | keys: none (expected: at least one",
                "keys           | a-key-by-mistake             | keys[0]: not shown (expected: consumer:sha256",
                "keys           | shop:a-key-by-mistake        | keys[0]: not shown (expected: consumer:sha256",
                "keys           | shop:SHA,shop2:a-key-by-mistake | keys[1]: not shown",
                "keys           | SHA:shop                     | keys[0]: not shown",
                "keys           | :SHA                         | keys[0]: not shown (expected: a consumer",
                "keys           | one:SHA,two:SHA              | keys[1]: the key of two is also that of one (expected: each key once)",
                "keysFile       | /no/such/file                | keysFile: /no/such/file (expected: a readable text file)",
                "header         | X API                        | header: X API (expected: a field name)",
                "header         | X-*                          | header: X-* (expected: a field name)",
                "header         | x_consumer.id                | consumerHeader: X-Consumer-ID (expected: not the key's own)",
                "queryParameter | a&b                          | queryParameter: a&b (expected",
                "queryParameter | a=b                          | queryParameter: a=b (expected",
                "queryParameter | a%20b                        | queryParameter: a%20b (expected",
                "consumerHeader | X:Y                          | consumerHeader: X:Y (expected: a field name)",
                "realm          | a\"b                         | realm: a\"b (expected: printable ASCII",
                "optional       | yes                          | optional: yes (expected: true or false)",
                "forwardKey     | 1                            | forwardKey: 1 (expected: true or false)",
                "plainKey       | shop:a-key-by-mistake        | plainKey: unknown option (expected: one of"
            })
    void refusesOptionsThatCannotBeMeantAndShowsNoKey(String name, String value, String message) {
        Map<String, String> params = new LinkedHashMap<>(Map.of("keys", "shop:" + OTHER));
        if (value == null) {
            params.remove(name);
        } else {
            params.put(name, value.replace("SHA", ABC));
        }
        assertThatThrownBy(() -> read(params))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining(message)
                .extracting(Throwable::getMessage)
                .satisfies(text ->
                        assertThat(String.valueOf(text)).doesNotContain(SECRET).doesNotContain(ABC));
    }

    @Test
    void namesTheLineOfAFileThatIsWrong() throws IOException {
        Path file = Files.write(directory.resolve("keys"), List.of("# keys", "shop:" + ABC, SECRET, "", "x:" + ABC));
        assertThatThrownBy(() -> ApiKeyAuthFilter.builder().keysFile(file).build())
                .hasMessageContaining("keysFile line 3: not shown (expected: consumer:sha256")
                .hasMessageContaining("keysFile line 5: the key of x is also that of shop")
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @CsvSource({"''", "a b", "'a,b'", "\u00e4", "TOO-LONG"})
    void refusesPlainKeysThatNoRequestCouldCarry(String key) {
        String tried = key.replace("TOO-LONG", "k".repeat(513));
        assertThatThrownBy(
                        () -> ApiKeyAuthFilter.builder().plainKey("shop", tried).build())
                .hasMessageContaining("plainKey: not shown (expected: 1 to 512 printable ASCII");
    }

    @Test
    void keepsAndShowsNoKey() {
        KeyDigest digest = KeyDigest.parse(ABC);
        assertThat(digest).hasToString("key digest");
        assertThat(String.valueOf(new PresentedKey.Given(java.util.Objects.requireNonNull(digest))))
                .doesNotContain("abc")
                .doesNotContain("ba78");
        assertThat(read(Map.of("keys", "shop:" + ABC)).toString()).doesNotContain("ba78");
    }

    @Test
    void letsNobodyPassBeforeItIsInitialised() {
        assertThat(ApiKeyOptions.CLOSED.keys().size()).isZero();
        assertThat(ApiKeyOptions.CLOSED.optional()).isFalse();
    }
}
