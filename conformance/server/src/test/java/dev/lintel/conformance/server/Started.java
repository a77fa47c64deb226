package dev.lintel.conformance.server;

import dev.lintel.conformance.Runner;
import dev.lintel.testing.Container;
import dev.lintel.testing.WebApp;
import java.nio.file.Path;

/** A web application in one of the containers that all tests use. */
record Started(WebApp app) implements Runner.Running {

    static Started of(Container container, Path webApp) {
        return new Started(WebApp.on(container).directory(webApp).start());
    }

    @Override
    public int port() {
        return app.port();
    }

    @Override
    public void close() {
        app.close();
    }
}
