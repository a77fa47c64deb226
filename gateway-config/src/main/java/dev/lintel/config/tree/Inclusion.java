package dev.lintel.config.tree;

import dev.lintel.config.report.Findings;
import dev.lintel.config.report.Position;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file and those that its key {@code include} names: files, folders (every {@code .yaml} and {@code .yml} in them) and
 * patterns such as {@code conf.d/*.yaml}, each sorted by name. Bounded in number, depth and size; a file that includes itself is an error.
 */
final class Inclusion {

    static final String KEY = "include";

    private static final int MOST_FILES = 1_000;
    private static final int DEEPEST = 8;
    private static final int MOST_CHARACTERS = 32 << 20;
    private static final String RULE = "a file, a folder, or a pattern such as conf.d/*.yaml";

    private final Map<String, String> environment;
    private final Findings findings;
    private final Set<Path> files = new LinkedHashSet<>();
    private final List<Path> open = new ArrayList<>();
    private final Sections sections;
    private int count;
    private long characters;
    private boolean tooLarge;

    Inclusion(Map<String, String> environment, Findings findings) {
        this.environment = environment;
        this.findings = findings;
        this.sections = new Sections(findings);
    }

    Set<Path> files() {
        return files;
    }

    @Nullable
    MapNode read(Path file) {
        readInto(file, file.toString());
        return sections.merged();
    }

    private void readInto(Path file, String name) {
        count++;
        files.add(file);
        String text = SourceText.read(file, name, TreeReader.MOST_CHARACTERS, findings);
        if (text == null) {
            return;
        }
        characters += text.length();
        References references = new References(environment, folder(file), findings, files::add);
        Node root = TreeReader.read(name, text, references, findings);
        if (root instanceof MapNode map) {
            sections.add(map);
            Node include = map.get(KEY);
            if (include != null) {
                open.add(identity(file));
                include(include, file);
                open.remove(open.size() - 1);
            }
        } else if (root != null) {
            findings.error("wrong-type", root.position(), root.width(), root.kind(), "a map of sections", null);
        }
    }

    private void include(Node include, Path from) {
        List<Node> items = include instanceof ListNode list ? list.items() : List.of(include);
        for (Node item : items) {
            if (item instanceof ScalarNode scalar && !scalar.text().isBlank()) {
                include(scalar, from);
            } else {
                findings.error("wrong-type", item.position(), item.width(), "include: " + item.kind(), RULE, null);
            }
        }
    }

    private void include(ScalarNode what, Path from) {
        if (tooLarge) {
            return;
        }
        List<Path> found;
        try {
            found = matching(folder(from), what.text());
        } catch (IOException | InvalidPathException unreadable) {
            refuse(what, "bad-include", "include: " + what.shown() + " does not exist or cannot be read", RULE);
            return;
        }
        for (Path file : found) {
            if (open.contains(identity(file))) {
                refuse(what, "include-cycle", "include: " + file + " includes itself", "no circles");
            } else if (open.size() >= DEEPEST) {
                refuse(what, "too-deep", "include: too many levels", "at most " + DEEPEST);
            } else if (count >= MOST_FILES) {
                refuse(what, "too-many-files", "include: too many files", "at most " + MOST_FILES);
                return;
            } else {
                readInto(file, file.toString());
            }
            if (tooLarge) {
                return;
            }
            if (characters > MOST_CHARACTERS) {
                tooLarge = true;
                String rule = "at most " + (MOST_CHARACTERS >> 20) + " MiB";
                refuse(what, "too-large", "include: the files are too large together", rule);
                return;
            }
        }
    }

    private List<Path> matching(Path folder, String text) throws IOException {
        int slash = Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\'));
        String last = text.substring(slash + 1);
        if (last.indexOf('*') >= 0 || last.indexOf('?') >= 0) {
            return sorted(folder.resolve(text.substring(0, slash + 1)), last);
        }
        Path path = folder.resolve(text);
        if (Files.isDirectory(path)) {
            return sorted(path, "*.{yaml,yml}");
        }
        if (!Files.isRegularFile(path)) {
            throw new IOException("missing, or one that may let its reader wait");
        }
        return List.of(path);
    }

    private List<Path> sorted(Path folder, String pattern) throws IOException {
        files.add(folder);
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
            for (Path entry : entries) {
                if (found.size() > MOST_FILES) {
                    break;
                }
                if (Files.isRegularFile(entry)
                        && !entry.getFileName().toString().startsWith(".")) {
                    found.add(entry);
                }
            }
        } catch (java.nio.file.DirectoryIteratorException failed) {
            throw failed.getCause();
        } catch (java.util.regex.PatternSyntaxException malformed) {
            throw new InvalidPathException(pattern, "not a pattern");
        }
        found.sort(null);
        return found;
    }

    private void refuse(ScalarNode at, String name, String what, String expected) {
        Position position = at.position();
        findings.error(name, position, at.width(), what, expected, null);
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        Path relative = file.getParent();
        return relative != null ? relative : file.isAbsolute() && parent != null ? parent : Path.of("");
    }

    private static Path identity(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException gone) {
            return file.toAbsolutePath().normalize();
        }
    }
}
