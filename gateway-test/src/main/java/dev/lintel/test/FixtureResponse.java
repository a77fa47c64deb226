package dev.lintel.test;

import dev.lintel.testing.RawResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came back through a gateway, as it came over the wire. Immutable and thread-safe. */
public final class FixtureResponse {

    private final RawResponse response;

    FixtureResponse(RawResponse response) {
        this.response = response;
    }

    /** The status. */
    public int status() {
        return response.status();
    }

    /** The values of all header lines of that name, in order. */
    public List<String> headers(String name) {
        return response.headers(name);
    }

    /** The value of the only header line of that name; null if there is none or more than one. */
    public @Nullable String header(String name) {
        List<String> values = headers(name);
        return values.size() == 1 ? values.get(0) : null;
    }

    /** The body, as UTF-8. */
    public String body() {
        return response.bodyText();
    }

    @Override
    public String toString() {
        return response.toString();
    }
}
