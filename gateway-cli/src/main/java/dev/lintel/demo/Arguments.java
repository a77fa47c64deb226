package dev.lintel.demo;

import org.jspecify.annotations.Nullable;

/**
 * The command line of {@link Demonstration}.
 *
 * @param port the gateway's port; the others are counted from it
 * @param smoke whether to make the calls itself and exit
 */
record Arguments(int port, boolean smoke) {

    static final String USAGE = "usage: [demo] [--port N] [--smoke]   (N: 1 to 65525, 8080 by default)";

    /** Reads the arguments; null if they cannot be understood. */
    static @Nullable Arguments parse(String... words) {
        int port = 8080;
        boolean smoke = false;
        for (int i = 0; i < words.length; i++) {
            if (words[i].equals("--smoke")) {
                smoke = true;
            } else if (words[i].equals("--port") && i + 1 < words.length) {
                port = port(words[++i]);
            } else {
                return null;
            }
        }
        return port < 0 ? null : new Arguments(port, smoke);
    }

    private static int port(String word) {
        boolean digits = word.length() <= 5 && word.chars().allMatch(c -> c >= '0' && c <= '9') && !word.isEmpty();
        int port = digits ? Integer.parseInt(word) : 0;
        return port >= 1 && port <= 65525 ? port : -1;
    }
}
