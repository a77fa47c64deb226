package dev.lintel.measure;

/** Something, such as a filter, that has figures to tell beside those of the requests that it sees. Thread-safe. */
public interface Measured {

    /**
     * Tells how things stand now: the same figures each time, with the names of tags the same for a figure's name. Called now and
     * then, on any thread; must not wait.
     *
     * @param measures where they go
     */
    void measure(Measures measures);
}
