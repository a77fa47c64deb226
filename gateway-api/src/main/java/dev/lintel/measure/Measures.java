package dev.lintel.measure;

/**
 * Takes figures. Names are lower-case words joined with dots, and begin with {@code gateway.}; durations are in seconds. Figures of
 * one name and one set of tags are added up. Tags must have few values: never a path, a caller or an address.
 */
public interface Measures {

    /**
     * Whether a part that several others share, and tell of, has not been told of yet; true once for each.
     *
     * @param shared the part, told apart by identity
     */
    boolean isNew(Object shared);

    /**
     * Something that goes up and down.
     *
     * @param name what it is, such as {@code gateway.accesslog.waiting}
     * @param description one sentence
     * @param value how much it is now
     * @param tags names and values in turn
     */
    void gauge(String name, String description, double value, String... tags);

    /**
     * Something that is only ever counted up.
     *
     * @param name what is counted, such as {@code gateway.accesslog.dropped}
     * @param description one sentence
     * @param value how many there have been
     * @param tags names and values in turn
     */
    void counter(String name, String description, double value, String... tags);
}
