package dev.lintel.benchmarks.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** h2load: HTTP/2 over TLS, four requests at a time on each connection. */
final class Http2Load {

    private static final Pattern RESULT =
            Pattern.compile("(\\d+) succeeded, (\\d+) failed, (\\d+) errored, (\\d+) timeout");
    private static final String STREAMS = "4";

    private final Callers callers;

    Http2Load(Callers callers) {
        this.callers = callers;
    }

    /**
     * Loads a gateway.
     *
     * @return how many requests were answered
     * @throws IllegalStateException if one was answered with an error or not at all
     */
    long run(RunningGateway gateway, Scenario scenario, int connections, int seconds) throws IOException {
        Process h2load = new ProcessBuilder(
                        Tools.path("h2load").toString(),
                        "-t1",
                        "-c" + connections,
                        "-m" + STREAMS,
                        "-D" + seconds,
                        "-Hauthorization: Bearer " + callers.tokens().get(0),
                        "https://127.0.0.1:" + gateway.port() + scenario.path)
                .redirectErrorStream(true)
                .start();
        String output = new String(h2load.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher result = RESULT.matcher(output);
        if (!result.find()) {
            throw new IllegalStateException(gateway.name() + ": no result (expected: of h2load)\n" + output);
        }
        if (!result.group(2).equals("0") || !output.contains("Application protocol: h2")) {
            throw new IllegalStateException(gateway.name() + ", " + scenario + ": " + result.group());
        }
        return Long.parseLong(result.group(1));
    }
}
