package dev.lintel.filters.securityheaders;

/** What {@code X-Frame-Options} says (RFC 7034). */
public enum FrameOptions {
    /** Nothing. */
    NONE,
    /** Nobody may show the page in a frame. */
    DENY,
    /** Pages of the same origin may show the page in a frame. */
    SAMEORIGIN
}
