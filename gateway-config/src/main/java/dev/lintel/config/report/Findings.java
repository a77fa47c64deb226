package dev.lintel.config.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects what is found while files are read and checked. Not thread-safe. */
public final class Findings {

    /** More than anybody reads; what comes after is counted only. */
    private static final int MOST = 1_000;

    private static final int SHORTEST = 4;

    private final Map<String, List<String>> lines = new HashMap<>();
    private final List<String> files = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();
    private final Map<String, List<Secret>> secrets = new HashMap<>();
    /** By what stands for each, the longest first. */
    private final Map<String, String> elsewhere =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    private final Set<Note> notes = new LinkedHashSet<>();
    private int left;

    private record Secret(int line, int column, int endLine, int endColumn) {}

    private record Note(
            Severity severity,
            String name,
            Position position,
            int length,
            String message,
            @Nullable String expected,
            @Nullable String suggestion) {}

    /** Makes the lines of a file known, so that they can be shown, and its place in the order of files. */
    public void source(String file, List<String> content) {
        lines.put(file, List.copyOf(content));
        files.add(file);
    }

    /** Notes that a file could not be read to its end, so that what in it is secret can only be guessed by names. */
    public void unread(String file) {
        broken.add(file);
    }

    /** Has a part of a file never be shown, the end excluded. */
    public void mask(Position from, int endLine, int endColumn) {
        secrets.computeIfAbsent(from.file(), file -> new ArrayList<>())
                .add(new Secret(from.line(), from.column(), endLine, endColumn));
    }

    /**
     * Has a value that comes from elsewhere, and may be a secret, not be shown in messages, wherever it has got to.
     *
     * @param value the value; without effect if it is shorter than 4 characters, which are found everywhere
     * @param reference what is shown in its place
     */
    public void elsewhere(String value, String reference) {
        if (value.length() >= SHORTEST && !value.isBlank()) {
            elsewhere.putIfAbsent(value, reference);
        }
    }

    private @Nullable String shown(@Nullable String text) {
        String shown = text;
        for (Map.Entry<String, String> hidden : elsewhere.entrySet()) {
            shown = shown == null ? null : shown.replace(hidden.getKey(), hidden.getValue());
        }
        return shown;
    }

    /**
     * Notes an error.
     *
     * @param name what kind it is
     * @param at where it stands
     * @param length how many characters it is about
     * @param message what is wrong; never a secret
     * @param expected the rule in words, or null
     * @param suggestion what was probably meant, or null
     */
    public void error(
            String name,
            Position at,
            int length,
            String message,
            @Nullable String expected,
            @Nullable String suggestion) {
        note(new Note(Severity.ERROR, name, at, length, message, expected, suggestion));
    }

    /** Notes a warning; see {@link #error}. */
    public void warning(String name, Position at, int length, String message, @Nullable String expected) {
        note(new Note(Severity.WARNING, name, at, length, message, expected, null));
    }

    /** Whether an error was noted. */
    public boolean hasErrors() {
        return notes.stream().anyMatch(note -> note.severity() == Severity.ERROR);
    }

    /** Everything noted so far, sorted by position. */
    public CheckReport report() {
        List<Note> sorted = new ArrayList<>(notes);
        sorted.sort(Comparator.comparingInt(
                        (Note note) -> files.indexOf(note.position().file()))
                .thenComparingInt(note -> note.position().line())
                .thenComparingInt(note -> note.position().column()));
        List<Finding> findings = new ArrayList<>();
        sorted.forEach(note -> findings.add(finding(note)));
        if (left > 0) {
            Position last = sorted.get(sorted.size() - 1).position();
            findings.add(new Finding(
                    Severity.ERROR, "too-many-findings", last, 1, left + " more findings", null, null, "", 0));
        }
        return new CheckReport(findings);
    }

    private void note(Note note) {
        if (notes.size() >= MOST && !notes.contains(note)) {
            left++;
        } else {
            notes.add(note);
        }
    }

    private Finding finding(Note note) {
        Position at = note.position();
        Excerpt excerpt = excerpt(at);
        return new Finding(
                note.severity(),
                note.name(),
                at,
                note.length(),
                String.valueOf(shown(note.message())),
                shown(note.expected()),
                shown(note.suggestion()),
                excerpt.text(),
                excerpt.mark());
    }

    private Excerpt excerpt(Position at) {
        List<String> content = lines.getOrDefault(at.file(), List.of());
        if (at.line() < 1 || at.line() > content.size()) {
            return Excerpt.NONE;
        }
        List<Excerpt.Masked> masked = new ArrayList<>();
        for (Secret secret : secrets.getOrDefault(at.file(), List.of())) {
            if (secret.line() <= at.line() && secret.endLine() >= at.line()) {
                int from = secret.line() == at.line() ? secret.column() - 1 : 0;
                int to = secret.endLine() == at.line() ? secret.endColumn() - 1 : Integer.MAX_VALUE;
                if (to > from) {
                    masked.add(new Excerpt.Masked(from, to));
                }
            }
        }
        masked.sort(Comparator.comparingInt(Excerpt.Masked::from));
        return Excerpt.of(content.get(at.line() - 1), at.column() - 1, masked, broken.contains(at.file()));
    }
}
