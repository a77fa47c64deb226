package dev.lintel.test;

import dev.lintel.testing.ReceivedRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that has come to a {@link Stub}, as it came over the wire. Thread-safe. */
public final class StubRequest {

    private final ReceivedRequest received;

    StubRequest(ReceivedRequest received) {
        this.received = received;
    }

    /** The method. */
    public String method() {
        return received.method();
    }

    /** The raw path. */
    public String path() {
        return received.path();
    }

    /** The raw query, or null. */
    public @Nullable String query() {
        return received.query();
    }

    /** The values of all header lines of that name, in order. */
    public List<String> headers(String name) {
        return received.headers(name);
    }

    /** The value of the only header line of that name; null if there is none or more than one. */
    public @Nullable String header(String name) {
        List<String> values = headers(name);
        return values.size() == 1 ? values.get(0) : null;
    }

    /** What has come of the body, as UTF-8. */
    public String body() {
        return received.bodyText();
    }

    /** Method and path. */
    @Override
    public String toString() {
        return method() + " " + path();
    }
}
