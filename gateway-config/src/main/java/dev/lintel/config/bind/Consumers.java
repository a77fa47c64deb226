package dev.lintel.config.bind;

import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.Node;
import dev.lintel.config.tree.ScalarNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code consumers}: who has which API keys, known by their SHA-256. Filters of the kind {@code apiKey} that name no keys
 * accept those of all consumers, or of those that they list.
 */
final class Consumers {

    private static final String KIND = "apiKey";
    private static final String LIST = "consumers";
    private static final String KEYS_FILE = "keysFile";
    private static final String DIGEST = "the SHA-256 of a key, as 64 hexadecimal digits";

    private final Scope scope;
    private final Map<String, List<String>> digests = new LinkedHashMap<>();
    private boolean broken;

    Consumers(Scope scope) {
        this.scope = scope;
    }

    void read(List<Node> items) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof MapNode map) {
                read(new Fields(map, "consumers[" + i + "]", "consumer", scope));
            } else {
                broken = true;
                scope.wrong("consumers", items.get(i), "a map such as { id: acme, apiKeySha256: ... }");
            }
        }
    }

    private void read(Fields fields) {
        ScalarNode id = fields.scalar("id", "a name");
        Node one = fields.node("apiKeySha256");
        if (one != null) {
            scope.hide(one);
        }
        List<ScalarNode> keys = new ArrayList<>(fields.scalars("apiKeySha256", DIGEST));
        Node file = fields.node("apiKeySha256File");
        fields.finish();
        if (id == null) {
            broken = true;
            if (!fields.has("id")) {
                scope.error("missing-key", fields.map(), "consumer without id", "id: a name");
            }
            return;
        }
        List<String> known = digests.get(id.text());
        if (known != null) {
            scope.error("duplicate-name", id, "consumer '" + id.text() + "' is given twice", "each id once");
            return;
        }
        known = new ArrayList<>();
        digests.put(id.text(), known);
        for (ScalarNode key : keys) {
            add(key, key.text(), known);
        }
        if (file instanceof ScalarNode path && !path.isNothing()) {
            String text = DigestFile.read(scope, path);
            if (text != null) {
                add(path, text, known);
            } else {
                broken = true;
            }
        } else if (file != null) {
            scope.wrong("apiKeySha256File", file, "the path of a file");
        }
    }

    private void add(ScalarNode at, String digest, List<String> known) {
        if (digest.length() == 64 && digest.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
            known.add(digest);
        } else {
            broken = true;
            scope.error("bad-value", at, "apiKeySha256: not shown", DIGEST);
        }
    }

    /** Gives a filter that asks for API keys those of the consumers, unless it has its own. */
    void complete(String kind, @Nullable MapNode options, String path, Map<String, Object> values) {
        if (!kind.equals(KIND)) {
            return;
        }
        values.remove(LIST);
        if (values.get(KEYS_FILE) instanceof String file) {
            reads(file);
        }
        Node chosen = options == null ? null : options.get(LIST);
        boolean own = values.containsKey("keys") || values.containsKey(KEYS_FILE);
        if (chosen == null && (own || digests.isEmpty() && !broken)) {
            return;
        }
        List<String> entries = new ArrayList<>();
        for (String id : chosen == null ? List.copyOf(digests.keySet()) : chosen(chosen)) {
            digests.getOrDefault(id, List.of()).forEach(digest -> entries.add(id + ":" + digest));
        }
        if (entries.isEmpty() && broken) {
            // said at the consumers; here it would be said of a key that is not there
            entries.add("unknown:" + "0".repeat(64));
        }
        if (values.get("keys") instanceof List<?> more) {
            more.forEach(entry -> entries.add(String.valueOf(entry)));
        }
        values.put("keys", entries);
    }

    private void reads(String file) {
        try {
            scope.reads(Path.of(file));
        } catch (InvalidPathException malformed) {
            // told when the filter is made
        }
    }

    private List<String> chosen(Node chosen) {
        List<Node> items = chosen instanceof dev.lintel.config.tree.ListNode list ? list.items() : List.of(chosen);
        List<String> ids = new ArrayList<>();
        for (Node item : items) {
            if (!(item instanceof ScalarNode id) || id.isNothing()) {
                scope.wrong(LIST, item, "ids of consumers");
            } else if (!digests.containsKey(id.text())) {
                scope.unknown("unknown-consumer", id, "consumer", id.text(), digests.keySet());
                broken = true;
            } else {
                ids.add(id.text());
            }
        }
        return ids;
    }
}
