package dev.lintel.conformance.monolith;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client does, see {@code scenarios.rows}.
 *
 * @param name what it does
 * @param requests how, each as the file has it
 */
record Scenario(String name, List<String> requests) {

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        String[] parts = text().split("(?m)^= ", -1);
        for (int i = 1; i < parts.length; i++) {
            int end = parts[i].indexOf('\n');
            List<String> requests = new ArrayList<>();
            for (String request : parts[i].substring(end + 1).split("(?m)^-\n", -1)) {
                requests.add(request.stripTrailing() + "\n");
            }
            all.add(new Scenario(parts[i].substring(0, end), requests));
        }
        return all;
    }

    private static String text() {
        try (InputStream rows = Scenario.class.getResourceAsStream("/monolith/scenarios.rows")) {
            if (rows == null) {
                throw new IllegalStateException("scenarios.rows: missing (expected: beside this class)");
            }
            return new String(rows.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
