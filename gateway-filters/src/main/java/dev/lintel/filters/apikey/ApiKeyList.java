package dev.lintel.filters.apikey;

import dev.lintel.option.Problems;
import dev.lintel.request.HeaderSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects keys from code, init-params and files. What is wrong is noted by name and place, never with what was given:
 * it may well be a key. Not thread-safe.
 */
final class ApiKeyList {

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeyAuthFilter.class);

    private static final int LONGEST_CONSUMER = 128;
    private static final long LARGEST_FILE = 16L << 20;
    private static final String HIDDEN = "not shown";
    private static final String ENTRY = "consumer:sha256, the digest of the key as 64 hexadecimal digits";

    /** 128 bits written with 64 different characters. */
    private static final int SHORTEST_SAFE_KEY = 22;

    private final Map<KeyDigest, String> consumers = new LinkedHashMap<>();

    /** Adds a key by its digest. */
    void add(String option, String consumer, String sha256Hex, Problems problems) {
        KeyDigest digest = KeyDigest.parse(sha256Hex);
        if (digest == null) {
            problems.add(option, HIDDEN, ENTRY);
        } else {
            put(option, consumer, digest, problems);
        }
    }

    /** Adds a key given in the open. */
    void addPlain(String option, String consumer, String key, Problems problems) {
        KeyDigest digest = KeyDigest.ofKey(key);
        if (digest == null) {
            problems.add(option, HIDDEN, "1 to 512 printable ASCII characters without space and comma");
            return;
        }
        if (key.length() < SHORTEST_SAFE_KEY) {
            LOG.warn(
                    "plainKey of {}: {} characters (expected: at least {} random ones outside demos and tests)",
                    consumer,
                    key.length(),
                    SHORTEST_SAFE_KEY);
        }
        put(option, consumer, digest, problems);
    }

    /** Adds entries {@code consumer:sha256}. */
    void addEntries(String option, List<String> entries, Problems problems) {
        for (int i = 0; i < entries.size(); i++) {
            addEntry(option + "[" + i + "]", entries.get(i), problems);
        }
    }

    /** Adds the entries of a file: one a line, {@code #} begins a comment line, empty lines are left out. */
    void addFile(String option, Path file, Problems problems) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                problems.add(option, file, "at most 16 MiB");
                return;
            }
            warnIfOpen(option, file);
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.isEmpty() && line.charAt(0) != '#') {
                    addEntry(option + " line " + (i + 1), line, problems);
                }
            }
        } catch (IOException unreadable) {
            problems.add(option, file, "a readable text file");
        }
    }

    boolean isEmpty() {
        return consumers.isEmpty();
    }

    ApiKeys toKeys() {
        return ApiKeys.of(consumers);
    }

    private void addEntry(String place, String entry, Problems problems) {
        int colon = entry.lastIndexOf(':');
        if (colon < 0) {
            problems.add(place, HIDDEN, ENTRY);
        } else {
            add(
                    place,
                    entry.substring(0, colon).strip(),
                    entry.substring(colon + 1).strip(),
                    problems);
        }
    }

    private void put(String option, String consumer, KeyDigest digest, Problems problems) {
        if (!HeaderSyntax.isPlainItem(consumer) || consumer.length() > LONGEST_CONSUMER) {
            problems.add(
                    option, HIDDEN, "a consumer of 1 to 128 printable ASCII characters without comma and semicolon");
            return;
        }
        String before = consumers.putIfAbsent(digest, consumer);
        problems.require(
                before == null, option, "the key of " + consumer + " is also that of " + before, "each key once");
    }

    private static void warnIfOpen(String option, Path file) throws IOException {
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                LOG.warn("{}: {} is readable by everyone (expected: by its owner or group alone)", option, file);
            }
        } catch (UnsupportedOperationException notPosix) {
            // such file systems say in other ways who may read
        }
    }
}
