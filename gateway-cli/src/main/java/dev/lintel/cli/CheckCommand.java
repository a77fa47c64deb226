package dev.lintel.cli;

import dev.lintel.config.LoadedGateway;
import dev.lintel.option.GatewayException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells everything that is wrong with a file, and what is allowed and probably not meant. */
@Command(name = "check", description = "Checks FILE: all errors with their places, and warnings about security.")
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private FileArgument file = new FileArgument();

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Option(names = "--strict", description = "warnings count as errors")
    private boolean strict;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        LoadedGateway loaded = file.file().load();
        out.print(json ? loaded.report().json() + "\n" : loaded.report().text());
        out.flush();
        boolean good =
                loaded.isValid() && !(strict && !loaded.report().warnings().isEmpty());
        return good ? 0 : GatewayException.EXIT_STATUS;
    }
}
