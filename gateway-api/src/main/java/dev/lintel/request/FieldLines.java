package dev.lintel.request;

/**
 * The field lines of a request's head in their order, as its container has them, which can be looked at without gathering them by
 * name first. Confined to its request.
 */
public interface FieldLines {

    /** How many there are. */
    int count();

    /**
     * The name of a line, as it came.
     *
     * @param index from 0, less than {@link #count}
     */
    String name(int index);

    /**
     * The value of a line; empty if it has none.
     *
     * @param index from 0, less than {@link #count}
     */
    String value(int index);
}
