package dev.lintel.config.bind;

import dev.lintel.config.tree.ListNode;
import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.Node;
import dev.lintel.config.tree.ScalarNode;
import dev.lintel.option.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads a map key by key, and knows in the end which keys nobody asked for. Not thread-safe. */
final class Fields {

    private final MapNode map;
    private final String path;
    private final String subject;
    private final Scope scope;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * For a map.
     *
     * @param path the full name of what it describes, such as {@code routes.orders}; empty for the file
     * @param subject the same for messages: {@code route 'orders'}
     */
    Fields(MapNode map, String path, String subject, Scope scope) {
        this.map = map;
        this.path = path;
        this.subject = subject;
        this.scope = scope;
    }

    MapNode map() {
        return map;
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The value of a key; null if it is not there. */
    @Nullable
    Node node(String key) {
        known.add(key);
        MapNode.Entry entry = map.entry(key);
        if (entry == null) {
            return null;
        }
        scope.stands(path(key), entry.key(), entry.value());
        return entry.value();
    }

    boolean has(String key) {
        return map.entry(key) != null;
    }

    /** The single value of a key; null if it is not there or, which is noted, something else. */
    @Nullable
    ScalarNode scalar(String key, String expected) {
        Node node = node(key);
        if (node == null) {
            return null;
        }
        if (node instanceof ScalarNode scalar && !scalar.isNothing()) {
            return scalar.readable() ? scalar : null;
        }
        MapNode.Entry entry = map.entry(key);
        Node at = node instanceof ScalarNode && entry != null ? entry.key() : node;
        scope.error("wrong-type", at, key + ": " + node.kind(), expected);
        return null;
    }

    void text(String key, Consumer<String> into) {
        ScalarNode scalar = scalar(key, "a text");
        if (scalar != null) {
            into.accept(scalar.text());
        }
    }

    void number(String key, IntConsumer into) {
        ScalarNode scalar = scalar(key, "a whole number");
        if (scalar != null) {
            Integer number = wholeNumber(scalar.text());
            if (number == null) {
                scope.wrong(key, scalar, "a whole number");
            } else {
                into.accept(number);
            }
        }
    }

    static @Nullable Integer wholeNumber(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        boolean digits = text.length() > from
                && text.length() <= from + 10
                && text.substring(from).chars().allMatch(c -> c >= '0' && c <= '9');
        long number = digits ? Long.parseLong(text) : Long.MAX_VALUE;
        return number == (int) number ? (int) number : null;
    }

    void size(String key, LongConsumer into) {
        ScalarNode scalar = scalar(key, "a size such as 512, 10KiB or 1MiB");
        if (scalar != null) {
            Units.size(scalar.text())
                    .ifPresentOrElse(into::accept, () -> scope.wrong(key, scalar, "a size such as 512, 10KiB or 1MiB"));
        }
    }

    void duration(String key, Consumer<Duration> into) {
        ScalarNode scalar = scalar(key, "a duration such as 500ms, 10s or 1m");
        if (scalar != null) {
            Units.duration(scalar.text())
                    .ifPresentOrElse(into, () -> scope.wrong(key, scalar, "a duration such as 500ms, 10s or 1m"));
        }
    }

    void flag(String key, Consumer<Boolean> into) {
        ScalarNode scalar = scalar(key, "true or false");
        if (scalar == null) {
            return;
        }
        if (scalar.text().equals("true") || scalar.text().equals("false")) {
            into.accept(scalar.text().equals("true"));
        } else {
            scope.wrong(key, scalar, "true or false");
        }
    }

    /** For options that can only be switched on; {@code false} is their default. */
    void on(String key, Runnable switchedOn) {
        flag(key, on -> {
            if (on) {
                switchedOn.run();
            }
        });
    }

    <E extends Enum<E>> void choice(String key, Class<E> type, Consumer<E> into) {
        ScalarNode scalar = scalar(key, "one of " + String.join(", ", words(type)));
        if (scalar == null) {
            return;
        }
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(scalar.text().toLowerCase(Locale.ROOT).replace('_', '-'))) {
                into.accept(constant);
                return;
            }
        }
        scope.unknown("bad-value", scalar, key, scalar.shown(), words(type));
    }

    private static <E extends Enum<E>> List<String> words(Class<E> type) {
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            words.add(word(constant));
        }
        return words;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The items of a list of single values, or the one value that stands in its place; what is not one is noted. */
    List<ScalarNode> scalars(String key, String expected) {
        Node node = node(key);
        List<ScalarNode> scalars = new ArrayList<>();
        if (node == null) {
            return scalars;
        }
        List<Node> items = node instanceof ListNode list ? list.items() : List.of(node);
        for (Node item : items) {
            if (item instanceof ScalarNode scalar && !scalar.isNothing()) {
                if (scalar.readable()) {
                    scalars.add(scalar);
                }
            } else {
                scope.error("wrong-type", item, key + ": " + item.kind(), expected);
            }
        }
        return scalars;
    }

    String[] texts(String key, String expected) {
        return scalars(key, expected).stream().map(ScalarNode::text).toArray(String[]::new);
    }

    /** The map of a key; null if it is not there or, which is noted, something else. */
    @Nullable
    Fields map(String key, String expected) {
        Node node = node(key);
        if (node instanceof MapNode inner) {
            return new Fields(inner, path(key), key, scope);
        }
        if (node != null) {
            scope.error("wrong-type", node, key + ": " + node.kind(), expected);
        }
        return null;
    }

    /** The items of a list; empty if it is not there or, which is noted, something else. */
    List<Node> items(String key, String expected) {
        Node node = node(key);
        if (node == null || node instanceof ScalarNode nothing && nothing.isNothing()) {
            return List.of();
        }
        if (node instanceof ListNode list) {
            return list.items();
        }
        scope.error("wrong-type", node, key + ": " + node.kind(), expected);
        return List.of();
    }

    /** Notes the keys that nobody asked for. What stands under them is not shown: it may be anything. */
    void finish() {
        for (MapNode.Entry entry : map.entries()) {
            if (known.contains(entry.name()) || path.isEmpty() && entry.name().startsWith("x-")) {
                continue;
            }
            scope.hide(entry.value());
            scope.unknown("unknown-key", entry.key(), "key", entry.name(), known, " in " + subject);
        }
    }
}
