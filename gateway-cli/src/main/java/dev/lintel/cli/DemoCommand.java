package dev.lintel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stands in the list of commands; {@link Lintel} runs the demonstration before the line is parsed. */
@Command(name = "demo", description = "Runs the demonstration: services, an issuer of tokens, and a gateway in front.")
final class DemoCommand implements Runnable {

    @Option(names = "--port", description = "the gateway's port; the others are counted from it")
    private int port = 8080;

    @Option(names = "--smoke", description = "makes the calls itself and exits")
    private boolean smoke;

    @Override
    public void run() {
        throw new IllegalStateException("demo: " + port + " " + smoke + " (expected: run before the line is parsed)");
    }
}
