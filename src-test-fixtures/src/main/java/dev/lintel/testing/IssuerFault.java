package dev.lintel.testing;

/** What is wrong with a {@link TestIssuer}, at all its addresses. */
public enum IssuerFault {
    /** Nothing. */
    NONE,
    /** Connections are refused. */
    REFUSE,
    /** Status 500. */
    ERROR,
    /** No answer until the fault is over; then the answer. */
    HANG,
    /** One byte of the body every 25 ms or so until the fault is over; then the rest. */
    SLOW,
    /** The right JSON with 10 MiB of white space before its end. */
    HUGE,
    /** Chunks that never end. */
    ENDLESS,
    /** 200 with an HTML page. */
    HTML,
    /** 200 with JSON cut off in the middle. */
    GARBAGE,
    /** 302 to {@code /moved}, where the right answer is. */
    REDIRECT
}
