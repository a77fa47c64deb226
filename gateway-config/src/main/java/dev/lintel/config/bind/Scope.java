package dev.lintel.config.bind;

import dev.lintel.config.report.Findings;
import dev.lintel.config.report.Position;
import dev.lintel.config.tree.ListNode;
import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.Node;
import dev.lintel.config.tree.ScalarNode;
import dev.lintel.config.tree.Secrets;
import dev.lintel.option.Names;
import dev.lintel.option.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What all sections share while a file is bound: where options stand, and what was found. Not thread-safe. */
final class Scope {

    private final Findings findings;
    private final Path folder;
    private final ClassLoader loader;
    private final Node root;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Set<Position> told = new HashSet<>();
    private final Set<Node> hidden = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Place> clearSecrets = new ArrayList<>();
    private final Set<Path> files = new LinkedHashSet<>();

    /**
     * For one run.
     *
     * @param folder what paths are relative to
     * @param loader finds the classes that the file names
     * @param root the file's content, where problems stand that stand nowhere else
     */
    Scope(Findings findings, Path folder, ClassLoader loader, Node root) {
        this.root = root;
        this.findings = findings;
        this.folder = folder;
        this.loader = loader;
    }

    Findings findings() {
        return findings;
    }

    ClassLoader loader() {
        return loader;
    }

    Path resolve(String path) {
        return folder.resolve(path);
    }

    /** Keeps in mind a file that is read with this one, and not again by whoever has read it. */
    void reads(Path file) {
        files.add(file);
    }

    /** The files that are read with this one. */
    Set<Path> files() {
        return files;
    }

    /** Where options stand, by their full names. */
    Map<String, Place> places() {
        return places;
    }

    void stands(String path, @Nullable ScalarNode key, Node value) {
        places.putIfAbsent(path, new Place(key, value));
    }

    /** Notes an error at a node. */
    void error(String name, Node at, String message, @Nullable String expected) {
        if (!isReadable(at)) {
            return;
        }
        error(name, at.position(), at.width(), message, expected, null);
    }

    void error(
            String name,
            Position at,
            int width,
            String message,
            @Nullable String expected,
            @Nullable String suggestion) {
        told.add(at);
        findings.error(name, at, width, message, expected, suggestion);
    }

    /** Notes a value of the wrong kind. */
    void wrong(String option, Node at, String expected) {
        String shown = at instanceof ScalarNode scalar && !scalar.isNothing() ? scalar.shown() : at.kind();
        String type = at instanceof ScalarNode scalar && !scalar.isNothing() ? "bad-value" : "wrong-type";
        error(type, at, option + ": " + shown, expected);
    }

    /** Notes a name that is not one of those known. */
    void unknown(String name, Node at, String what, String given, Collection<String> known) {
        unknown(name, at, what, given, known, "");
    }

    void unknown(String name, Node at, String what, String given, Collection<String> known, String where) {
        String suggestion = Names.nearest(given, known).orElse(null);
        if (!isReadable(at)) {
            return;
        }
        String all = known.isEmpty() ? "there are none" : "one of " + String.join(", ", known);
        String expected = suggestion == null ? all : null;
        error(name, at.position(), at.width(), "unknown " + what + " '" + given + "'" + where, expected, suggestion);
    }

    /** Keeps a value out of everything that is shown. */
    void hide(Node value) {
        hidden.add(value);
        Secrets.mask(value, findings);
    }

    /** Keeps a value out of everything that is shown whose name the user chose, if that promises a credential or it comes from elsewhere. */
    void hideIfCredential(MapNode.Entry entry) {
        if (entry.value() instanceof ScalarNode scalar
                && (scalar.isSubstituted() || dev.lintel.explain.Secrets.isCredentialName(entry.name()))) {
            hide(scalar);
        }
    }

    /** Keeps a secret out of everything that is shown, and in mind if it stands in the file as it is. */
    void secret(ScalarNode key, Node value) {
        hide(value);
        if (value instanceof ScalarNode scalar
                && !scalar.isSubstituted()
                && !scalar.text().isBlank()) {
            clearSecrets.add(new Place(key, value));
        }
    }

    /** What is kept out of everything that is shown. */
    Set<Node> hidden() {
        return hidden;
    }

    /** Secrets that stand in the file as they are. */
    List<Place> clearSecrets() {
        return clearSecrets;
    }

    /** Notes what a builder found, where the option stands that it names, unless something was found there before. */
    void problems(String prefix, List<Problem> problems) {
        problems.forEach(problem -> problem(prefix, problem));
    }

    private void problem(String prefix, Problem problem) {
        String path = prefix.isEmpty() ? problem.name() : prefix + "." + problem.name();
        Place place = places.get(path);
        boolean exact = place != null;
        for (String outer = path; place == null && !outer.isEmpty(); place = places.get(outer)) {
            outer = outer(outer);
        }
        if (place == null) {
            place = new Place(null, root);
        }
        if (problem.value().equals("unknown option")) {
            unknownOption(path, problem);
            return;
        }
        if (exact && !isReadable(place.value())) {
            return;
        }
        Node at = exact ? item(place.value(), problem.value()) : null;
        boolean scalar = at instanceof ScalarNode;
        Position position = at != null && scalar ? at.position() : place.position();
        int width = at != null && scalar ? at.width() : place.width();
        if (!told.contains(position)) {
            String value = at instanceof ScalarNode text && text.isSubstituted() ? text.shown() : problem.value();
            findings.error("bad-value", position, width, name(path) + ": " + value, problem.expected(), near(problem));
        }
    }

    private void unknownOption(String path, Problem problem) {
        Place place = places.get(path);
        if (place == null) {
            return;
        }
        hide(place.value());
        List<String> known = listed(problem.expected());
        String given = path.substring(path.lastIndexOf('.') + 1);
        String near = Names.nearest(given, known).orElse(null);
        error(
                "unknown-key",
                place.position(),
                place.width(),
                "unknown key '" + given + "' in " + name(outer(path)),
                near != null ? null : known.isEmpty() ? problem.expected() : "one of " + String.join(", ", known),
                near);
    }

    /** The item of a list, or the value of a map, that a problem is about, or the node itself. */
    private static Node item(Node node, String value) {
        if (node instanceof ListNode list) {
            for (Node item : list.items()) {
                if (item instanceof ScalarNode scalar && scalar.text().equals(value)) {
                    return item;
                }
            }
        }
        if (node instanceof MapNode map) {
            for (MapNode.Entry entry : map.entries()) {
                if (entry.name().equals(value)) {
                    return entry.key();
                }
            }
        }
        return node;
    }

    /** Whether all references in it could be replaced; if not, that has been told. */
    static boolean isReadable(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.readable();
        }
        return node instanceof ListNode list
                ? list.items().stream().allMatch(item -> !(item instanceof ScalarNode scalar) || scalar.readable())
                : true;
    }

    private static @Nullable String near(Problem problem) {
        return Names.nearest(problem.value(), listed(problem.expected())).orElse(null);
    }

    /** The names in a rule such as {@code one of a, b, c}; a nearest one may stand before it. */
    private static List<String> listed(String rule) {
        int from = rule.indexOf("one of ");
        return from < 0 || rule.indexOf('[') >= 0
                ? List.of()
                : Arrays.asList(rule.substring(from + 7).split(", "));
    }

    private static String outer(String path) {
        int cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return cut < 0 ? "" : path.substring(0, cut);
    }

    /** The name without the number of its section, as a reader of the file would say it. */
    private static String name(String path) {
        int filter = path.lastIndexOf("filters[");
        int dot = filter < 0 ? path.lastIndexOf('.') : path.indexOf('.', filter);
        return dot < 0 ? path : path.substring(dot + 1);
    }
}
