package dev.lintel.testing;

/** When a {@link ScriptedUpstream} reads the body of a request. */
public enum BodyReading {
    /** Before the script is asked; {@code Expect: 100-continue} is answered by 100. */
    BEFORE_ANSWER,
    /** After the answer has been written: an early answer. The script sees the head only. */
    AFTER_ANSWER,
    /**
     * Never: the answer is written, then the connection stays open, unread, until the upstream is closed. The
     * request does not become complete.
     */
    NEVER
}
