package dev.lintel.config.tree;

import dev.lintel.config.report.Findings;
import dev.lintel.option.Names;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${NAME}}, {@code ${NAME:-default}}, {@code ${NAME:?message}} and {@code ${file:/path}} in values; a second
 * dollar sign before one keeps it as it is. Works on values that have been read, and once: what takes a reference's place is not read again, neither
 * as YAML nor for references.
 */
final class References {

    private static final int LARGEST_FILE = 64 * 1024;
    private static final String FORMS = "${NAME}, ${NAME:-default}, ${NAME:?message} or ${file:/path}";

    private final Map<String, String> environment;
    private final Path folder;
    private final Findings findings;
    private final Consumer<Path> read;
    private boolean failed;

    /**
     * For one file.
     *
     * @param environment the variables
     * @param folder what paths are relative to
     * @param read is told of each file that a reference names
     */
    References(Map<String, String> environment, Path folder, Findings findings, Consumer<Path> read) {
        this.environment = environment;
        this.folder = folder;
        this.findings = findings;
        this.read = read;
    }

    ScalarNode replace(ScalarNode node) {
        String written = node.written();
        int at = written.indexOf("${");
        if (at < 0) {
            return node;
        }
        StringBuilder text = new StringBuilder();
        failed = false;
        int from = 0;
        while (at >= 0) {
            if (at > 0 && written.charAt(at - 1) == '$' && at - 1 >= from) {
                text.append(written, from, at - 1).append("${");
                from = at + 2;
            } else {
                text.append(written, from, at);
                int end = written.indexOf('}', at);
                if (end < 0) {
                    wrong(node, at, written.length() - at, "a reference without its end", FORMS);
                    return node.unreadable();
                }
                text.append(value(node, at, written.substring(at + 2, end)));
                from = end + 1;
            }
            at = written.indexOf("${", from);
        }
        return failed
                ? node.unreadable()
                : node.replaced(text.append(written, from, written.length()).toString());
    }

    private String value(ScalarNode node, int at, String reference) {
        int length = reference.length() + 3;
        if (reference.startsWith("file:")) {
            return fileContent(node, at, reference.substring(5), length);
        }
        int colon = reference.indexOf(':');
        String name = colon < 0 ? reference : reference.substring(0, colon);
        String rest = colon < 0 ? "" : reference.substring(colon + 1);
        boolean form = colon < 0 || rest.startsWith("-") || rest.startsWith("?");
        if (!isName(name) || !form || rest.contains("${")) {
            wrong(node, at, length, "not a reference", FORMS);
            return "";
        }
        String known = environment.get(name);
        if (known != null && (colon < 0 || !known.isEmpty())) {
            findings.elsewhere(known, "${" + name + "}");
            return known;
        }
        if (rest.startsWith("-")) {
            return rest.substring(1);
        }
        failed = true;
        String message = rest.length() > 1 ? ": " + rest.substring(1) : "";
        findings.error(
                "undefined-variable",
                node.at(at),
                length,
                "the variable " + name + " is not set" + message,
                null,
                colon < 0 ? nearest(name) : null);
        return "";
    }

    private String fileContent(ScalarNode node, int at, String name, int length) {
        try {
            Path file = folder.resolve(name);
            read.accept(file);
            String content = withoutLineEnd(SourceText.small(file, LARGEST_FILE));
            findings.elsewhere(content, "${file:" + name + "}");
            return content;
        } catch (IOException unreadable) {
            failed = true;
            findings.error(
                    "unreadable-file",
                    node.at(at),
                    length,
                    name + ": " + SourceText.reason(unreadable),
                    "a readable text file of at most 64 KiB",
                    null);
        } catch (InvalidPathException malformed) {
            wrong(node, at, length, "not a path", "${file:/path}");
        }
        return "";
    }

    private static String withoutLineEnd(String content) {
        return content.endsWith("\r\n")
                ? content.substring(0, content.length() - 2)
                : content.endsWith("\n") ? content.substring(0, content.length() - 1) : content;
    }

    private void wrong(ScalarNode node, int at, int length, String what, String expected) {
        failed = true;
        findings.error("bad-reference", node.at(at), length, what, expected, null);
    }

    private @Nullable String nearest(String name) {
        return Names.nearest(name, environment.keySet()).orElse(null);
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && !Character.isDigit(name.charAt(0))
                && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_'));
    }
}
