package dev.lintel.config.report;

import static java.util.Objects.requireNonNull;

/**
 * A place in a configuration file.
 *
 * @param file the file, as it was named to the reader
 * @param line from 1
 * @param column in characters, from 1
 */
public record Position(String file, int line, int column) {

    /** Checks that the file is not null. */
    public Position {
        requireNonNull(file, "file");
    }

    /** The place some characters further on the same line. */
    public Position plus(int characters) {
        return new Position(file, line, column + characters);
    }

    /** The form that editors and terminals follow: {@code file:line:column}. */
    @Override
    public String toString() {
        return Printable.text(file) + ":" + line + ":" + column;
    }
}
