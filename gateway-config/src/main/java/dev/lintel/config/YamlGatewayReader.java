package dev.lintel.config;

import dev.lintel.Gateway;
import dev.lintel.config.report.Finding;
import dev.lintel.option.GatewayException;
import dev.lintel.option.Problem;
import dev.lintel.router.GatewayReader;
import jakarta.servlet.ServletContext;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the file that the init-param {@code config} of {@code GatewayServlet} or {@code RouterFilter} names: a path in the application,
 * which must be unpacked, or the path of a file. What the file says of a server is checked and left out. Warnings are logged.
 */
public final class YamlGatewayReader implements GatewayReader {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayFile.class);

    /** For {@link java.util.ServiceLoader}. */
    public YamlGatewayReader() {}

    @Override
    public Gateway read(String location, ServletContext context) {
        Path file = find(location, context);
        if (file == null) {
            throw new GatewayException(
                    "config",
                    List.of(new Problem(
                            "config", location, "a file, or one in the application, such as /WEB-INF/gateway.yaml")));
        }
        LoadedGateway loaded = GatewayFile.load(file);
        for (Finding warning : loaded.report().warnings()) {
            LOG.warn("{}: {} [{}]", warning.position(), warning.sentence(), warning.name());
        }
        return loaded.gateway();
    }

    private static @Nullable Path find(String location, ServletContext context) {
        try {
            String unpacked = location.startsWith("/") ? context.getRealPath(location) : null;
            Path inside = unpacked == null ? null : Path.of(unpacked);
            if (inside != null && Files.isRegularFile(inside)) {
                return inside;
            }
            Path outside = Path.of(location);
            return Files.isRegularFile(outside) ? outside : null;
        } catch (InvalidPathException malformed) {
            return null;
        }
    }
}
