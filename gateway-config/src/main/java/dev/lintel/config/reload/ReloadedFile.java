package dev.lintel.config.reload;

import dev.lintel.Gateway;
import dev.lintel.config.GatewayFile;
import dev.lintel.config.LoadedGateway;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the gateway of a file anew each time it is asked, unless the file has errors, its own {@code tests} that fail among them: the reloader of a
 * server. Knows which files to watch for that. Thread-safe.
 */
public final class ReloadedFile implements Supplier<Gateway> {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadedFile.class);

    private final GatewayFile file;
    private final String serverAtStart;
    private volatile Set<Path> files;

    private ReloadedFile(GatewayFile file, LoadedGateway first) {
        this.file = file;
        this.serverAtStart = first.serverText();
        this.files = first.files();
    }

    /**
     * Makes one.
     *
     * @param file the file
     * @param first what it came to when the server was started
     */
    public static ReloadedFile of(GatewayFile file, LoadedGateway first) {
        return new ReloadedFile(file, first);
    }

    /** What was looked at the last time, or at a time when the file had no errors. */
    public Set<Path> files() {
        return files;
    }

    /**
     * Reads the file.
     *
     * @throws dev.lintel.option.GatewayException with every error and its place, tests that fail among them
     */
    @Override
    public Gateway get() {
        LoadedGateway loaded = file.load();
        // a file with errors may not name all that a mended one needs
        Set<Path> all = new HashSet<>(loaded.files());
        if (!loaded.isValid()) {
            all.addAll(files);
        }
        files = Set.copyOf(all);
        Gateway gateway = loaded.gateway();
        if (!loaded.report().findings().isEmpty()) {
            LOG.warn("{}: {}", file, loaded.report().text().stripTrailing());
        }
        if (!loaded.serverText().equals(serverAtStart)) {
            LOG.warn("{}: what server: says has changed; that takes a restart", file);
        }
        return gateway;
    }
}
