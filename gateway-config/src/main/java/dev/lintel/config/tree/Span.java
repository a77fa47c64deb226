package dev.lintel.config.tree;

import dev.lintel.config.report.Position;

/**
 * From where to where something stands.
 *
 * @param start where it begins
 * @param endLine the line in which it ends
 * @param endColumn the column after its last character
 */
public record Span(Position start, int endLine, int endColumn) {

    /** How many characters of its first line it takes, at least 1; those up to the end of the line count as one. */
    public int width() {
        return endLine == start.line() ? Math.max(1, endColumn - start.column()) : 1;
    }
}
