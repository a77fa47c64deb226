package dev.lintel.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A row of a table of files: what stands in them, and what is expected to be found where.
 *
 * @param name what the row is called
 * @param files the texts by name, without marks
 * @param expected {@code file:line:column kind}, and the suggestion after {@code ->}
 */
record BrokenFile(String name, Map<String, String> files, List<String> expected) {

    private static final String MARK = "▸";
    private static final String BASE = """
            upstreams: { a: http://localhost:9001 }
            routes:
              - { id: r, match: { path: /** }, auth: none, upstream: a }
            """;

    static List<BrokenFile> rows(String table) {
        try (var in = Objects.requireNonNull(BrokenFile.class.getResourceAsStream(table), table)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<BrokenFile> rows = new ArrayList<>();
            String[] parts = text.split("\n=== ", -1);
            for (int i = 1; i < parts.length; i++) {
                rows.add(row(parts[i]));
            }
            return rows;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static BrokenFile row(String text) {
        int end = text.indexOf('\n');
        Map<String, String> files = new LinkedHashMap<>();
        List<String> places = new ArrayList<>();
        List<String> kinds = List.of();
        String file = "gateway.yaml";
        for (String part : text.substring(end + 1).split("(?m)^--- ", -1)) {
            boolean first = files.isEmpty();
            String content = first ? part : part.substring(part.indexOf('\n') + 1);
            file = first ? file : part.substring(0, part.indexOf('\n'));
            if (file.equals("expect")) {
                kinds = content.lines().filter(line -> !line.isBlank()).toList();
            } else {
                files.put(file, unmarked(file, content.replace("@base\n", BASE), places));
            }
        }
        if (places.size() != kinds.size()) {
            throw new IllegalStateException(text.substring(0, end) + ": " + places + " for " + kinds);
        }
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            expected.add(places.get(i) + " " + kinds.get(i));
        }
        return new BrokenFile(text.substring(0, end), files, expected);
    }

    private static String unmarked(String file, String text, List<String> places) {
        StringBuilder clean = new StringBuilder();
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (MARK.indexOf(c) >= 0) {
                places.add(file + ":" + line + ":" + column);
                continue;
            }
            clean.append(c);
            column = c == '\n' ? 1 : column + 1;
            line += c == '\n' ? 1 : 0;
        }
        return clean.toString();
    }

    /** Writes the files into a folder and loads the first. */
    LoadedGateway load(Path folder) {
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return GatewayFile.of(folder.resolve("gateway.yaml"))
                .withEnvironment(
                        Map.of("PORT", "8080", "WORD", "eighty", "SECRET", "0123456789abcdefghijklmnopqrstuvwxyz"))
                .load();
    }

    /** What was found, in the form of {@link #expected}. */
    List<String> found(LoadedGateway loaded, Path folder) {
        return loaded.report().findings().stream()
                .map(finding -> finding.position().toString().replace(folder + "/", "") + " " + finding.name()
                        + (finding.suggestion() == null ? "" : " -> " + finding.suggestion()))
                .map(line -> line.replace("conf.d/../", ""))
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
