package dev.lintel.filters.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The vectors of Project Wycheproof, against reading, key selection and signature check together. */
class WycheproofTest {

    private static final int LENGTH = 8192;

    private static final String ZEROES = "A".repeat(43);

    /** Signature vectors that are judged the other way here, and why. */
    private static final Map<Long, String> OTHERWISE = Map.ofEntries(
            Map.entry(259L, "no payload: not a token, which carries claims"),
            Map.entry(264L, "no payload"),
            Map.entry(268L, "no payload"),
            Map.entry(272L, "no payload"),
            Map.entry(320L, "no payload"),
            Map.entry(325L, "no payload"),
            Map.entry(346L, "PS384 with a key whose alg is PS256 (RFC 8725 section 3.1)"),
            Map.entry(350L, "PS384 with a key whose alg is PS256"),
            Map.entry(347L, "the key's alg is ES521, which is no algorithm"),
            Map.entry(351L, "the key's alg is ES521"),
            Map.entry(367L, "called invalid for its padding, but is the same text as vector 357, which is valid"),
            Map.entry(370L, "called invalid for its padding, but is the same text as vector 357"),
            Map.entry(372L, "a character outside the alphabet in the header"),
            Map.entry(373L, "a character outside the alphabet in the payload"));

    @TestFactory
    Stream<DynamicTest> signaturesAreJudgedAsTheVectorsSay() throws Exception {
        return vectors("json_web_signature_test.json");
    }

    @TestFactory
    Stream<DynamicTest> keysAreJudgedAsTheVectorsSay() throws Exception {
        return vectors("json_web_key_test.json");
    }

    private static Stream<DynamicTest> vectors(String file) throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        boolean signatures = file.contains("signature");
        for (Object group : list(read(file), "testGroups")) {
            for (Object test : list(object(group), "tests")) {
                Map<String, @Nullable Object> vector = object(test);
                Long id = (Long) vector.get("tcId");
                boolean otherwise = signatures && OTHERWISE.containsKey(id);
                boolean valid = "valid".equals(vector.get("result")) != otherwise;
                tests.add(DynamicTest.dynamicTest(
                        id + " " + vector.get("comment"),
                        () -> assertThat(accepts(object(group), vector.get("jws")))
                                .isEqualTo(valid)));
            }
        }
        assertThat(tests).hasSize(signatures ? 401 : 26);
        return tests.stream();
    }

    private static boolean accepts(Map<String, @Nullable Object> group, @Nullable Object jws) {
        if (!(jws instanceof String token)) {
            return false;
        }
        try {
            String text = json(group.containsKey("public") ? group.get("public") : group.get("private"));
            boolean secret = !group.containsKey("public");
            Set<JwtAlgorithm> algorithms = secret
                    ? EnumSet.of(JwtAlgorithm.valueOf(String.valueOf(headerAlgorithm(text))))
                    : EnumSet.complementOf(EnumSet.copyOf(JwtAlgorithm.of(JwtAlgorithm.Family.HMAC)));
            List<VerificationKey> keys = secret
                    ? secrets(text, algorithms)
                    : new JwkReader(algorithms)
                            .read(text.getBytes(StandardCharsets.UTF_8))
                            .keys();
            CompactToken parts = CompactToken.parse(token, algorithms, LENGTH);
            return KeySet.of(keys).candidates(parts.algorithm(), parts.keyId()).stream()
                    .anyMatch(key -> key.verifies(parts));
        } catch (UnusableKey | TokenFault | IllegalArgumentException refused) {
            return false;
        }
    }

    private static List<VerificationKey> secrets(String text, Set<JwtAlgorithm> algorithms) throws UnusableKey {
        if (text.contains(ZEROES)) {
            // No configuration can hold this secret, but vectors for the encoding use it.
            return List.of(new VerificationKey(null, ZEROES, NimbusSignatures.hmac(new byte[32], algorithms)));
        }
        return new SecretReader(algorithms).read(text);
    }

    /** The algorithm that a user of these secrets would configure: the one their {@code alg} names. */
    private static @Nullable Object headerAlgorithm(String jwks) {
        int at = jwks.indexOf("\"alg\":\"");
        return at < 0 ? "HS256" : jwks.substring(at + 7, jwks.indexOf('"', at + 7));
    }

    private static Map<String, @Nullable Object> read(String file) throws Exception {
        try (InputStream in = WycheproofTest.class.getResourceAsStream("/wycheproof/" + file)) {
            if (in == null) {
                throw new IOException(file);
            }
            return StrictJson.object(in.readAllBytes());
        }
    }

    @SuppressWarnings("unchecked") // JSON objects have text names
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(value);
    }

    private static List<?> list(Map<String, @Nullable Object> object, String name) {
        return (List<?>) Objects.requireNonNull(object.get(name));
    }

    private static String json(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            return object.entrySet().stream()
                    .map(member -> "\"" + member.getKey() + "\":" + json(member.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(WycheproofTest::json).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof String text ? "\"" + text + "\"" : String.valueOf(value);
    }
}
