package dev.lintel.config.tree;

import java.util.Set;

/** Writes a tree as YAML, with what is not to be shown masked. */
public final class YamlText {

    private static final String MASK = "\"***\"";

    private final Set<Node> hidden;
    private final StringBuilder out = new StringBuilder();

    private YamlText(Set<Node> hidden) {
        this.hidden = hidden;
    }

    /**
     * The text of a tree: one value a line, references replaced; what a reference to a file stands for is masked.
     *
     * @param root the tree
     * @param hidden what else is masked, by identity
     */
    public static String of(MapNode root, Set<Node> hidden) {
        YamlText text = new YamlText(hidden);
        text.entries(root, "", false);
        return text.out.toString();
    }

    private void entries(MapNode map, String indent, boolean first) {
        boolean onLine = first;
        for (MapNode.Entry entry : map.entries()) {
            out.append(onLine ? "" : indent).append(quoted(entry.name())).append(':');
            value(entry.value(), indent);
            onLine = false;
        }
    }

    private void value(Node node, String indent) {
        if (hidden.contains(node)) {
            out.append(' ').append(MASK).append('\n');
        } else if (node instanceof ScalarNode scalar) {
            out.append(' ').append(scalar(scalar)).append('\n');
        } else if (node instanceof MapNode map) {
            out.append(map.entries().isEmpty() ? " {}\n" : "\n");
            entries(map, indent + "  ", false);
        } else {
            ListNode list = (ListNode) node;
            out.append(list.items().isEmpty() ? " []\n" : "\n");
            list.items().forEach(item -> item(item, indent + "  "));
        }
    }

    private void item(Node item, String indent) {
        out.append(indent).append('-');
        if (item instanceof MapNode map && !map.entries().isEmpty() && !hidden.contains(item)) {
            out.append(' ');
            entries(map, indent + "  ", true);
        } else {
            value(item, indent);
        }
    }

    private static String scalar(ScalarNode scalar) {
        if (scalar.written().contains("${file:")) {
            return MASK;
        }
        return scalar.isNothing() ? "null" : quoted(scalar.text());
    }

    /** Plain where nobody could take it for something else. */
    private static String quoted(String text) {
        boolean plain = !text.isEmpty()
                && text.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "-_./".indexOf(c) >= 0))
                && (Character.isLetterOrDigit(text.charAt(0)) || text.charAt(0) == '/')
                && !text.equalsIgnoreCase("null");
        if (plain) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c == '\n') {
                quoted.append("\\n");
            } else if (c < 0x20 || c >= 0x7f && c <= 0xffff) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}
