package dev.lintel.testing;

/** A container that runs one application. */
interface RunningContainer {

    int port();

    void close();
}
