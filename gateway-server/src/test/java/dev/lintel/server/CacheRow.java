package dev.lintel.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One thing that caches are known to do or not to do; see {@code cache/http-cache.rows}.
 *
 * @param name names the fact
 * @param kind how much it matters
 * @param deviates why this cache does otherwise; empty if it does not
 * @param steps what happens, in order
 */
record CacheRow(String name, String kind, String deviates, List<Step> steps) {

    /**
     * A request and what comes of it.
     *
     * @param request parts of the request
     * @param answer parts of what the origin answers
     * @param expected what is expected
     * @param pause how many seconds pass afterwards
     */
    record Step(List<String> request, List<String> answer, List<String> expected, int pause) {}

    static List<CacheRow> all() {
        try (InputStream rows = CacheRow.class.getResourceAsStream("/cache/http-cache.rows")) {
            String text = new String(requireNonNull(rows, "rows").readAllBytes(), StandardCharsets.UTF_8);
            List<CacheRow> all = new ArrayList<>();
            List<String> block = new ArrayList<>();
            for (String line : (text + "\n[").lines().toList()) {
                if (line.startsWith("[") && !block.isEmpty()) {
                    all.add(read(block));
                    block.clear();
                }
                if (!line.isBlank() && !line.startsWith("#")) {
                    block.add(line);
                }
            }
            return all;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static CacheRow read(List<String> block) {
        String head = block.get(0);
        int end = head.indexOf(']');
        String deviates = "";
        List<Step> steps = new ArrayList<>();
        Step step = null;
        for (String line : block.subList(1, block.size())) {
            String rest = line.substring(1).strip();
            List<String> parts = Arrays.asList(rest.split(" \\| "));
            if (line.startsWith("!")) {
                deviates = rest;
                continue;
            }
            if (line.startsWith(">")) {
                if (step != null) {
                    steps.add(step);
                }
                step = new Step(parts, List.of(), List.of(), 0);
                continue;
            }
            Step known = requireNonNull(step, line);
            step = switch (line.charAt(0)) {
                case '<' -> new Step(known.request, parts, known.expected, known.pause);
                case '=' -> new Step(known.request, known.answer, parts, known.pause);
                case '+' -> new Step(known.request, known.answer, known.expected, Integer.parseInt(rest));
                default -> throw new IllegalArgumentException(line);
            };
        }
        steps.add(requireNonNull(step, head));
        return new CacheRow(head.substring(1, end), head.substring(end + 1).strip(), deviates, steps);
    }

    @Override
    public String toString() {
        return kind + ": " + name;
    }
}
