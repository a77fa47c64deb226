package dev.lintel.config;

import static java.util.Objects.requireNonNull;

import dev.lintel.Gateway;
import dev.lintel.config.bind.Binder;
import dev.lintel.config.bind.Binding;
import dev.lintel.config.lint.SecurityLint;
import dev.lintel.config.report.Findings;
import dev.lintel.config.tree.ConfigTree;
import dev.lintel.config.tree.MapNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file that describes a gateway and its server in YAML 1.2. Immutable; reads the file anew each time it is asked to, so that one
 * object serves start and reload alike.
 *
 * <pre>{@code
 * LoadedGateway loaded = GatewayFile.load(Path.of("gateway.yaml"));
 * if (!loaded.isValid()) {
 *     System.err.print(loaded.report().text());
 *     System.exit(GatewayException.EXIT_STATUS);
 * }
 * try (GatewayServer server = loaded.server().stopOnShutdownSignal().start()) {
 *     server.join();
 * }
 * }</pre>
 */
public final class GatewayFile implements Supplier<Gateway> {

    private final Path file;
    private final @Nullable Map<String, String> environment;
    private final ClassLoader loader;

    private GatewayFile(Path file, @Nullable Map<String, String> environment, ClassLoader loader) {
        this.file = file;
        this.environment = environment;
        this.loader = loader;
    }

    /**
     * A file, with the variables of this process and the classes of this thread's loader.
     *
     * @param file as it is to be named in messages; paths in it are relative to its folder
     */
    public static GatewayFile of(Path file) {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        return new GatewayFile(
                requireNonNull(file, "file"),
                null,
                application == null ? GatewayFile.class.getClassLoader() : application);
    }

    /** Reads and checks a file; see {@link #load()}. */
    public static LoadedGateway load(Path file) {
        return of(file).load();
    }

    /** The same with other variables for {@code ${NAME}} than those of this process. */
    public GatewayFile withEnvironment(Map<String, String> variables) {
        return new GatewayFile(file, Map.copyOf(variables), loader);
    }

    /** The same with another loader for the classes that the file names, and for filters that libraries bring. */
    public GatewayFile withLoader(ClassLoader classes) {
        return new GatewayFile(file, environment, requireNonNull(classes, "classes"));
    }

    /** The file. */
    public Path path() {
        return file;
    }

    /**
     * Reads the file and all that it includes, and checks everything, the file's own tests as well. Starts nothing: no connection is opened, no filter initialised.
     * Whatever is wrong with the file is in the report; it never throws because of it.
     */
    public LoadedGateway load() {
        Findings findings = new Findings();
        Map<String, String> variables = environment == null ? System.getenv() : environment;
        ConfigTree tree = ConfigTree.read(file, variables, findings);
        MapNode root = tree.root();
        if (root == null) {
            return new LoadedGateway(null, null, findings.report(), tree.files());
        }
        Path parent = file.toAbsolutePath().getParent();
        Binding binding = Binder.bind(root, parent == null ? Path.of("") : parent, loader, findings);
        SecurityLint.check(binding, root, findings);
        Gateway gateway = binding.gateway();
        if (gateway != null && !findings.hasErrors()) {
            TestRun.check(gateway, binding.tests(), findings);
        }
        return new LoadedGateway(binding, root, findings.report(), tree.files());
    }

    /**
     * Reads and checks the file, for {@link dev.lintel.server.ServerBuilder#reloader} and for servlets.
     *
     * @throws dev.lintel.option.GatewayException with every error and its place
     */
    @Override
    public Gateway get() {
        return load().gateway();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
