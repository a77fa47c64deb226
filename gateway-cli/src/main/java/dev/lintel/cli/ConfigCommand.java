package dev.lintel.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What a file was understood as. */
@Command(name = "config", description = "Tells what FILE comes to.", subcommands = ConfigCommand.Print.class)
final class ConfigCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Prints it as YAML, with what it includes and without secrets. */
    @Command(
            name = "print",
            description =
                    "Prints FILE as it was understood: included files in their place, variables replaced, secrets masked.")
    static final class Print implements Runnable {

        @Mixin
        private FileArgument file = new FileArgument();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public void run() {
            PrintWriter out = spec.commandLine().getOut();
            out.print(file.usable(spec.commandLine().getErr()).effective());
            out.flush();
        }
    }
}
