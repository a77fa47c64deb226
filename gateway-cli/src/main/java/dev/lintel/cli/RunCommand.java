package dev.lintel.cli;

import dev.lintel.config.LoadedGateway;
import dev.lintel.config.reload.FileWatch;
import dev.lintel.config.reload.ReloadedFile;
import dev.lintel.option.GatewayException;
import dev.lintel.server.GatewayServer;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A gateway of its own. */
@Command(
        name = "run",
        description = {
            "Runs the gateway of FILE until SIGTERM or SIGINT; a second one of them is not patient any more. A change of FILE or of what it names, SIGHUP, and POST /reload at the admin",
            "port have it read anew; one with errors, or whose tests fail, changes nothing."
        })
final class RunCommand implements Callable<Integer> {

    @Mixin
    private FileArgument file = new FileArgument();

    @Option(names = "--no-watch", description = "changes of files are not looked for")
    private boolean unwatched;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        LoadedGateway loaded = file.file().load();
        if (!loaded.report().findings().isEmpty()) {
            err.print(loaded.report().text());
        }
        if (!loaded.isValid()) {
            err.println("nothing was started");
            err.flush();
            return GatewayException.EXIT_STATUS;
        }
        err.flush();
        ReloadedFile source = ReloadedFile.of(file.file(), loaded);
        CompletableFuture<GatewayServer> running = new CompletableFuture<>();
        // before the server, whose start takes its time: what changes meanwhile is taken over then
        try (FileWatch watch = unwatched
                        ? FileWatch.none()
                        : FileWatch.start(source::files, () -> reloadOnceRunning(running));
                GatewayServer server =
                        loaded.server().reloader(source).stopOnShutdownSignal().start()) {
            running.complete(server);
            Signals.handle("HUP", () -> reload(server));
            Ending ending = Ending.of(server);
            PrintWriter out = spec.commandLine().getOut();
            out.println("listening on " + server.uri() + ", " + watch);
            out.flush();
            server.join();
            return ending.status();
        }
    }

    private static void reloadOnceRunning(CompletableFuture<GatewayServer> running) {
        CompletableFuture<Void> reloaded = running.thenAccept(RunCommand::reload);
        if (reloaded.isCompletedExceptionally()) {
            reloaded.join();
        }
    }

    /** What is wrong with the new one has been logged, and the gateway goes on as it is. */
    private static void reload(GatewayServer server) {
        try {
            server.reload();
        } catch (GatewayException unusable) {
            // told in the log, at /ready and in the metrics
        }
    }
}
