package dev.lintel.examples;

import dev.lintel.cli.Lintel;

/**
 * The command line of Lintel, where no command is the demonstration: three small services, an issuer of tokens, and a gateway in
 * front of them.
 */
public final class Main {

    private Main() {}

    /**
     * Runs a command and ends the process with its exit status.
     *
     * @param args a command such as {@code run gateway.yaml}; or {@code --port N} and {@code --smoke} of the demonstration
     */
    public static void main(String[] args) {
        Lintel.main(args);
    }
}
