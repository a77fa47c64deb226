package dev.lintel.limit;

import dev.lintel.identity.KeyFingerprint;
import dev.lintel.request.IpAddress;
import java.util.List;

/** Puts values that somebody presents into a hash, as {@link KeyReader} puts in those of a request. */
final class KeyValues {

    private KeyValues() {}

    static KeyHash hash(LimitKey key, List<String> values, KeyHasher hasher) {
        if (values.size() != key.parts().size()) {
            throw new IllegalArgumentException(
                    "values: " + values.size() + " (expected: " + key.parts().size() + ", for " + key + ")");
        }
        SipHash hash = hasher.begin();
        hash.word(KeyReader.ASKED_FOR);
        for (int i = 0; i < values.size(); i++) {
            put(hash, key.parts().get(i), values.get(i), key.ipv6Prefix());
        }
        return hash.finish();
    }

    private static void put(SipHash hash, KeyPart part, String value, int ipv6Prefix) {
        if (part instanceof KeyPart.Address) {
            IpAddress address = IpAddress.parse(value);
            if (address == null) {
                hash.text(value);
            } else {
                KeyReader.putAddress(hash, address, ipv6Prefix);
            }
        } else if (part instanceof KeyPart.Header) {
            hash.word(1);
            hash.text(value);
        } else if (part instanceof KeyPart.ApiKey) {
            hash.text(KeyFingerprint.of(value));
        } else if (part instanceof KeyPart.RouteName && value.isEmpty()) {
            hash.text(KeyReader.NO_ROUTE);
        } else {
            hash.text(part instanceof KeyPart.Method && value.equals("HEAD") ? "GET" : value);
        }
    }
}
