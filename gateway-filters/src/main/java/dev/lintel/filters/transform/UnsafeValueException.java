package dev.lintel.filters.transform;

/** A value that could split a header or a list. Says nothing of the value, and needs no stack trace to be answered. */
final class UnsafeValueException extends Exception {

    private static final long serialVersionUID = 1L;

    UnsafeValueException() {
        super("value: not shown (expected: nothing that could split a header or a list)", null, false, false);
    }
}
