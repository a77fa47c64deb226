package dev.lintel.cli;

import dev.lintel.option.GatewayException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** What is said of a command that could not do what it should: one line for each problem, never a stack trace. */
final class Failures {

    private Failures() {}

    static int tell(Exception failed, CommandLine command, ParseResult parsed) throws Exception {
        if (failed instanceof FileArgument.Unusable) {
            return FileArgument.Unusable.STATUS;
        }
        if (failed instanceof GatewayException wrong) {
            wrong.problems().forEach(command.getErr()::println);
            command.getErr().flush();
            return GatewayException.EXIT_STATUS;
        }
        if (failed instanceof IOException || failed instanceof IllegalArgumentException) {
            command.getErr().println(failed.getMessage());
            command.getErr().flush();
            return 1;
        }
        throw failed;
    }
}
