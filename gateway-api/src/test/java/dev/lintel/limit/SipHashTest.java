package dev.lintel.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {

    private static final byte[] KEY = octets(16);

    private static byte[] octets(int count) {
        byte[] octets = new byte[count];
        for (int i = 0; i < count; i++) {
            octets[i] = (byte) i;
        }
        return octets;
    }

    private static KeyHash hash(String... texts) {
        SipHash hash = KeyHasher.of(KEY).begin();
        for (String text : texts) {
            hash.text(text);
        }
        return hash.finish();
    }

    /** Outputs of the reference implementation for the key 00 01 .. 0f and messages 00 01 .. of whole words. */
    @ParameterizedTest
    @CsvSource({
        "0, a3817f04ba25a8e66df67214c7550293",
        "8, 3b62a9ba6258f5610f83e264f31497b4",
    })
    void agreesWithTheReference(int length, String expected) {
        SipHash hash = KeyHasher.of(KEY).begin();
        ByteBuffer message = ByteBuffer.wrap(octets(length)).order(ByteOrder.LITTLE_ENDIAN);
        while (message.hasRemaining()) {
            hash.word(message.getLong());
        }
        KeyHash found = hash.finish();
        byte[] octets = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(found.low())
                .putLong(found.high())
                .array();
        assertThat(HexFormat.of().formatHex(octets)).isEqualTo(expected);
    }

    @Test
    void tellsWhereOneTextEndsAndTheNextBegins() {
        assertThat(Set.of(
                        hash("a", "bc"),
                        hash("ab", "c"),
                        hash("abc"),
                        hash("abc", ""),
                        hash("", "abc"),
                        hash("abc\0"),
                        hash("abc\0\0")))
                .hasSize(7);
    }

    /** K12: texts that {@link String#hashCode} cannot tell apart. */
    @Test
    void tellsTextsApartThatHaveTheSameHashCode() {
        Set<KeyHash> hashes = new HashSet<>();
        for (int i = 0; i < 1 << 12; i++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            assertThat(text.toString().hashCode()).isEqualTo("Aa".repeat(12).hashCode());
            hashes.add(hash(text.toString()));
        }
        assertThat(hashes).hasSize(1 << 12);
    }

    @Test
    void dependsOnTheSecret() {
        SipHash one = KeyHasher.random().begin();
        SipHash other = KeyHasher.random().begin();
        one.text("alice");
        other.text("alice");
        assertThat(one.finish()).isNotEqualTo(other.finish());
    }

    @Test
    void showsNeitherSecretNorHash() {
        assertThat(KeyHasher.of(KEY)).hasToString("key hasher");
        assertThat(new KeyHash(1, 2)).hasToString("key hash");
        assertThatThrownBy(() -> KeyHasher.of(new byte[8])).hasMessage("secret: 8 octets (expected: 16)");
    }
}
