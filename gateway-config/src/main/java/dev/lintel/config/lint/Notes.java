package dev.lintel.config.lint;

import dev.lintel.config.report.Findings;
import dev.lintel.config.report.Position;
import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.Node;
import dev.lintel.config.tree.ScalarNode;
import dev.lintel.option.Names;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notes warnings in the severity that the section {@code lint} gives them: {@code off}, {@code warning} or {@code error}. */
final class Notes {

    static final String SECTION = "lint";

    private static final List<String> LEVELS = List.of("off", "warning", "error");

    private final Findings findings;
    private final Map<String, String> levels = new HashMap<>();

    private Notes(Findings findings) {
        this.findings = findings;
    }

    static Notes of(MapNode root, Findings findings) {
        Notes notes = new Notes(findings);
        Node section = root.get(SECTION);
        if (section instanceof MapNode map) {
            map.entries().forEach(notes::level);
        } else if (section != null) {
            findings.error(
                    "wrong-type",
                    section.position(),
                    section.width(),
                    "lint: " + section.kind(),
                    "names of warnings, each with off, warning or error",
                    null);
        }
        return notes;
    }

    private void level(MapNode.Entry entry) {
        ScalarNode key = entry.key();
        if (!Lints.ALL.contains(key.text())) {
            String near = Names.nearest(key.text(), Lints.ALL).orElse(null);
            findings.error(
                    "unknown-key",
                    key.position(),
                    key.width(),
                    "unknown warning '" + key.text() + "' in lint",
                    near == null ? "one of " + String.join(", ", Lints.ALL) : null,
                    near);
        } else if (entry.value() instanceof ScalarNode level && LEVELS.contains(level.text())) {
            levels.put(key.text(), level.text());
        } else {
            Node value = entry.value();
            String shown = value instanceof ScalarNode scalar ? scalar.shown() : value.kind();
            findings.error(
                    "bad-value",
                    value.position(),
                    value.width(),
                    key.text() + ": " + shown,
                    "off, warning or error",
                    Names.nearest(shown, LEVELS).orElse(null));
        }
    }

    void note(String name, Node at, String message, @Nullable String expected) {
        note(name, at.position(), at.width(), message, expected);
    }

    void note(String name, Position at, int width, String message, @Nullable String expected) {
        String level = levels.getOrDefault(name, "warning");
        if (level.equals("error")) {
            findings.error(name, at, width, message, expected, null);
        } else if (level.equals("warning")) {
            findings.warning(name, at, width, message, expected);
        }
    }
}
