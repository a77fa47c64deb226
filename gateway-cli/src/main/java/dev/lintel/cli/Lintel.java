package dev.lintel.cli;

import dev.lintel.demo.Demonstration;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * The command line. Exit statuses are those of {@code sysexits}: 0 for success, 64 for a command that cannot be understood, 78 for a
 * configuration with errors or a server that cannot start; 1 if something else went wrong, such as an expectation that was not met. A server
 * that is told to end by a signal ends with 128 and its number.
 */
@Command(
        name = "lintel",
        mixinStandardHelpOptions = true,
        versionProvider = Lintel.Version.class,
        description = "An API gateway. Without a command: the demonstration.",
        exitCodeOnInvalidInput = Lintel.USAGE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:success",
            "1:something went wrong",
            "64:the command cannot be understood",
            "78:the file has errors, or the server cannot start",
            "130, 143:told to end by SIGINT, SIGTERM"
        },
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            RoutesCommand.class,
            ConfigCommand.class,
            SchemaCommand.class,
            KeysCommand.class,
            TokenCommand.class,
            DemoCommand.class
        })
public final class Lintel {

    static final int USAGE = 64;

    private Lintel() {}

    /** Takes the version from the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Lintel.class.getPackage().getImplementationVersion();
            return new String[] {"lintel " + (version == null ? "(development)" : version)};
        }
    }

    /**
     * Runs a command and ends the process with its exit status.
     *
     * @param args the command and what it takes; without one the demonstration and its options
     */
    public static void main(String[] args) {
        // ends the process even if it is not ours alone, as under a build tool
        System.exit(run(System.out, System.err, args));
    }

    /**
     * Runs a command.
     *
     * @param out what it has to say
     * @param err what is wrong
     * @param args the command and what it takes; without one the demonstration and its options
     * @return the exit status
     */
    public static int run(PrintStream out, PrintStream err, String... args) {
        if (args.length == 0 || args[0].equals("--port") || args[0].equals("--smoke")) {
            return Demonstration.run(out, err, args);
        }
        if (args[0].equals("demo")) {
            return Demonstration.run(out, err, Arrays.copyOfRange(args, 1, args.length));
        }
        PrintWriter output = writer(out);
        PrintWriter errors = writer(err);
        CommandLine line = commandLine().setOut(output).setErr(errors);
        int status = line.execute(args);
        output.flush();
        errors.flush();
        return status;
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Lintel());
        line.addSubcommand("completion", new CommandLine(new GenerateCompletion()));
        line.setExecutionExceptionHandler(Failures::tell);
        // a path or a name that begins with @ is none of a file of arguments, which may be anybody's
        line.setExpandAtFiles(false);
        for (CommandLine sub : line.getSubcommands().values()) {
            sub.getCommandSpec().exitCodeOnInvalidInput(USAGE);
            sub.getSubcommands()
                    .values()
                    .forEach(deeper -> deeper.getCommandSpec().exitCodeOnInvalidInput(USAGE));
        }
        return line;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
