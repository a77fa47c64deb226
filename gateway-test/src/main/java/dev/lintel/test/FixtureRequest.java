package dev.lintel.test;

import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;

/** A request to a gateway in a {@link GatewayFixture}, on a connection of its own. Immutable. */
public final class FixtureRequest {

    private final int port;
    private final RawRequest request;

    FixtureRequest(int port, RawRequest request) {
        this.port = port;
        this.request = request;
    }

    /** Adds a header line. {@code Host} is {@code localhost} otherwise. */
    public FixtureRequest header(String name, String value) {
        return new FixtureRequest(port, request.header(name, value));
    }

    /** Adds {@code Authorization} with a bearer token. */
    public FixtureRequest bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    /** Adds an API key in {@code X-API-Key}. */
    public FixtureRequest apiKey(String key) {
        return header("X-API-Key", key);
    }

    /** Sets a body, as UTF-8, and its length. */
    public FixtureRequest body(String text) {
        return new FixtureRequest(port, request.body(text));
    }

    /** Sends it and waits for the whole answer, at most ten seconds for the next byte. */
    public FixtureResponse send() {
        return new FixtureResponse(RawClient.exchange(port, request));
    }

    /** Nothing of what is sent: there may be a credential in it. */
    @Override
    public String toString() {
        return "request to port " + port;
    }
}
