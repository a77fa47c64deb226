package dev.lintel.examples;

import dev.lintel.option.GatewayException;
import java.io.PrintStream;

/**
 * The demonstration: three small services, an issuer of tokens, and a gateway in front of them. With {@code --smoke} it makes
 * the calls itself, tells what it expected and what it saw, and exits with 1 if there is a difference.
 */
public final class Main {

    private static final int USAGE = 64;

    private Main() {}

    /**
     * Runs until it is told to end, or with {@code --smoke} until the calls are made.
     *
     * @param args {@code --port N}, {@code --smoke}
     */
    public static void main(String[] args) {
        // ends the process even if it is not ours alone, as under a build tool
        System.exit(run(System.out, System.err, args));
    }

    static int run(PrintStream out, PrintStream err, String... args) {
        Arguments arguments = Arguments.parse(args);
        if (arguments == null) {
            err.println(Arguments.USAGE);
            return USAGE;
        }
        try (Demo demo = Demo.start(Ports.from(arguments.port()), !arguments.smoke())) {
            if (arguments.smoke()) {
                return Smoke.of(demo, out).run() ? 0 : 1;
            }
            Welcome.print(demo, out);
            demo.gateway().join();
            return 0;
        } catch (GatewayException wrong) {
            wrong.problems().forEach(err::println);
            return GatewayException.EXIT_STATUS;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
