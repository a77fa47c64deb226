package dev.lintel.filters.compression;

import dev.lintel.option.Problems;
import java.util.List;
import java.util.Locale;

/**
 * The options of a {@link CompressionFilter}; checked by its builder.
 *
 * @param types patterns of media types, in lower case
 * @param minSize the shortest declared length that is coded, in bytes
 */
record CompressionOptions(List<String> types, long minSize) {

    static final CompressionOptions DEFAULT = CompressionFilter.builder().options(new Problems());

    /** Whether answers of that {@code Content-Type} may be coded. */
    boolean admits(String contentType) {
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        // events must not be held back, and gRPC codes its messages itself
        if (type.equals("text/event-stream") || type.startsWith("application/grpc")) {
            return false;
        }
        for (int i = 0; i < types.size(); i++) {
            if (matches(types.get(i), type)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String pattern, String type) {
        if (pattern.startsWith("*")) {
            return type.endsWith(pattern.substring(1));
        }
        if (pattern.endsWith("/*")) {
            return type.startsWith(pattern.substring(0, pattern.length() - 1));
        }
        return type.equals(pattern);
    }
}
