package dev.lintel.explain;

/**
 * A header field of a request or a response that nobody has sent. Immutable and thread-safe.
 *
 * @param name the name as it is written
 * @param value the value, perhaps a secret
 * @param shown what people and logs may see of the value
 */
public record Field(String name, String value, String shown) {

    /** The field as it may be shown. */
    @Override
    public String toString() {
        return name + ": " + shown;
    }
}
