package dev.lintel.cli;

import dev.lintel.config.schema.GatewaySchema;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The JSON Schema by which editors complete and check a file. */
@Command(name = "schema", description = "Prints the JSON Schema (2020-12) of files, for editors.")
final class SchemaCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.println(GatewaySchema.text(SchemaCommand.class.getClassLoader()).stripTrailing());
        out.flush();
    }
}
