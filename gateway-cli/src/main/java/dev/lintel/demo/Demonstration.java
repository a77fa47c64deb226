package dev.lintel.demo;

import dev.lintel.option.GatewayException;
import java.io.PrintStream;

/**
 * Runs the demonstration. With {@code --smoke} it makes the calls itself, tells what it expected and what it saw, and ends with 1
 * if there is a difference.
 */
public final class Demonstration {

    private static final int USAGE = 64;

    private Demonstration() {}

    /**
     * Runs until it is told to end, or with {@code --smoke} until the calls are made.
     *
     * @param out what it has to say
     * @param err what is wrong
     * @param args {@code --port N}, {@code --smoke}
     * @return the exit status: 0, 1 for a difference, 64 for arguments that are none, 78 for a port in use
     */
    public static int run(PrintStream out, PrintStream err, String... args) {
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
