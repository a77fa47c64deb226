package dev.lintel.config.tree;

import dev.lintel.config.report.Findings;
import dev.lintel.config.report.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Makes a tree of the one document of a YAML 1.2 text, from the parser's events, so that nothing is ever built that the file
 * names: no types, no tags. Bounded in depth and in the number of nodes, those met through aliases counted each time.
 */
final class TreeReader {

    /** The most characters of a file. */
    static final int MOST_CHARACTERS = 16 << 20;

    static final int DEEPEST = 50;
    static final long MOST_NODES = 1_000_000;

    private final String file;
    private final Iterator<Event> events;
    private final References references;
    private final Findings findings;
    private final Map<Anchor, Node> anchors = new HashMap<>();
    private final List<Position> open = new ArrayList<>();
    private long nodes;

    /** Ends the reading of a file after what was noted. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stop() {
            super(null, null, false, false);
        }
    }

    private TreeReader(String file, Iterator<Event> events, References references, Findings findings) {
        this.file = file;
        this.events = events;
        this.references = references;
        this.findings = findings;
    }

    /**
     * Reads a text; notes what is wrong.
     *
     * @return the document, or null if there is none or it could not be read to its end
     */
    static @Nullable Node read(String file, String text, References references, Findings findings) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(MOST_CHARACTERS)
                .setUseMarks(true)
                .build();
        Iterator<Event> events = new Parse(settings).parseString(text).iterator();
        TreeReader reader = new TreeReader(file, events, references, findings);
        try {
            return reader.document();
        } catch (Stop told) {
            findings.unread(file);
        } catch (MarkedYamlEngineException malformed) {
            findings.unread(file);
            SyntaxFault.of(malformed, file, reader.open).note(findings);
        } catch (ReaderException malformed) {
            findings.unread(file);
            findings.error(
                    "syntax",
                    SyntaxFault.position(file, text, malformed.getPosition()),
                    1,
                    "a character that YAML does not allow: " + String.format("U+%04X", malformed.getCodePoint()),
                    "printable characters",
                    null);
        } catch (YamlEngineException malformed) {
            findings.unread(file);
            findings.error("syntax", new Position(file, 1, 1), 1, "not a YAML file", "YAML 1.2", null);
        }
        return null;
    }

    private @Nullable Node document() {
        Node root = null;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
                case DocumentStart -> {
                    if (root != null) {
                        throw stop(start(event), "second-document", "a second document", "one in a file");
                    }
                }
                default -> root = node(event, 1);
            }
        }
        if (root == null) {
            findings.error("empty-file", new Position(file, 1, 1), 1, "the file is empty", "a configuration", null);
        }
        return root;
    }

    private Node node(Event event, int depth) {
        if (depth > DEEPEST) {
            throw stop(start(event), "too-deep", "too many levels", "at most " + DEEPEST);
        }
        if (event instanceof AliasEvent alias) {
            Node meant = anchors.get(alias.getAlias());
            if (meant == null) {
                // not named, since a password that begins with * is read as one
                throw stop(start(event), "syntax", "an alias of nothing", "an anchor that stands before it, or quotes");
            }
            count(meant.size(), start(event));
            if (depth + height(meant) - 1 > DEEPEST) {
                throw stop(start(event), "too-deep", "too many levels", "at most " + DEEPEST);
            }
            return meant;
        }
        count(1, start(event));
        Node node;
        if (event instanceof ScalarEvent scalar) {
            refuseTag(scalar.getTag(), event);
            node = references.replace(scalar(scalar));
        } else if (event instanceof CollectionStartEvent collection) {
            refuseTag(collection.getTag(), event);
            if (collection.isFlow()) {
                open.add(start(event));
            }
            node = event instanceof MappingStartEvent ? map(event, depth) : list(event, depth);
            if (collection.isFlow()) {
                open.remove(open.size() - 1);
            }
        } else {
            throw stop(start(event), "syntax", "not a value", "a value");
        }
        ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        return node;
    }

    /** How many levels a node has, which is never more than {@link #DEEPEST}, as everything is that has been read. */
    private static int height(Node node) {
        int inner = 0;
        if (node instanceof ListNode list) {
            for (Node item : list.items()) {
                inner = Math.max(inner, height(item));
            }
        } else if (node instanceof MapNode map) {
            for (MapNode.Entry entry : map.entries()) {
                inner = Math.max(inner, height(entry.value()));
            }
        }
        return inner + 1;
    }

    private MapNode map(Event begin, int depth) {
        MapBuilder map = new MapBuilder(start(begin), findings);
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            Node key = event instanceof ScalarEvent scalar ? key(scalar) : node(event, depth + 1);
            if (event instanceof ScalarEvent scalar) {
                scalar.getAnchor().ifPresent(anchor -> anchors.put(anchor, key));
            }
            map.add(key, node(events.next(), depth + 1));
        }
        return map.build();
    }

    private ScalarNode key(ScalarEvent event) {
        count(1, start(event));
        refuseTag(event.getTag(), event);
        return scalar(event);
    }

    private ListNode list(Event begin, int depth) {
        List<Node> items = new ArrayList<>();
        long size = 1;
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            Node item = node(event, depth + 1);
            size += item.size();
            items.add(item);
        }
        return new ListNode(start(begin), items, size);
    }

    private ScalarNode scalar(ScalarEvent event) {
        Mark from = mark(event.getStartMark());
        Mark to = mark(event.getEndMark());
        Span span = new Span(start(event), to.getLine() + 1, to.getColumn() + 1);
        String text = event.getValue();
        boolean oneLine = from.getLine() == to.getLine();
        int width = to.getColumn() - from.getColumn();
        int characters = text.codePointCount(0, text.length());
        boolean quoted = event.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED
                || event.getScalarStyle() == ScalarStyle.SINGLE_QUOTED;
        ScalarNode.Style style = event.isPlain()
                ? oneLine || text.isEmpty() ? ScalarNode.Style.PLAIN : ScalarNode.Style.OTHER
                : quoted && oneLine && width == characters + 2 ? ScalarNode.Style.QUOTED : ScalarNode.Style.OTHER;
        return new ScalarNode(span, text, text, style, true);
    }

    private void refuseTag(Optional<String> tag, Event event) {
        if (tag.isPresent() && !tag.get().equals("!")) {
            findings.error("tag", start(event), tag.get().length(), "a tag", "values without tags", null);
        }
    }

    private void count(long more, Position at) {
        nodes += more;
        if (nodes > MOST_NODES) {
            throw stop(at, "too-many-nodes", "too many values, aliases counted each time", "at most " + MOST_NODES);
        }
    }

    private Stop stop(Position at, String name, String what, String expected) {
        findings.error(name, at, 1, what, expected, null);
        return new Stop();
    }

    private Position start(Event event) {
        Mark mark = mark(event.getStartMark());
        return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Mark mark(Optional<Mark> mark) {
        return mark.orElseThrow(() -> new IllegalStateException("mark: none (expected: marks in use)"));
    }
}
