package dev.lintel.cli;

import dev.lintel.config.GatewayFile;
import dev.lintel.config.LoadedGateway;
import dev.lintel.option.GatewayException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The file that a command is about. */
final class FileArgument {

    @Parameters(index = "0", paramLabel = "FILE", description = "the gateway's file, such as gateway.yaml")
    private Path path = Path.of("gateway.yaml");

    GatewayFile file() {
        return GatewayFile.of(path);
    }

    /**
     * Reads the file and prints its errors.
     *
     * @throws Unusable if it has any
     */
    LoadedGateway usable(PrintWriter err) {
        LoadedGateway loaded = file().load();
        if (!loaded.isValid()) {
            err.print(loaded.report().text());
            err.flush();
            throw new Unusable();
        }
        return loaded;
    }

    /** Says nothing more: the errors have been printed. */
    static final class Unusable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        static final int STATUS = GatewayException.EXIT_STATUS;
    }
}
