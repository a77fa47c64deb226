package dev.lintel.config.tree;

import dev.lintel.config.report.Findings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of a configuration file and of all that it includes, as one map.
 *
 * @param root the sections; null if there is nothing that could be read
 * @param files every file and folder that was looked at, for whoever wants to know when to read again
 */
public record ConfigTree(@Nullable MapNode root, Set<Path> files) {

    /** Copies the files. */
    public ConfigTree {
        files = Set.copyOf(files);
    }

    /**
     * Reads a file and what it includes; notes what is wrong.
     *
     * @param file the file
     * @param environment the variables that values may refer to
     * @param findings where it is noted
     */
    public static ConfigTree read(Path file, Map<String, String> environment, Findings findings) {
        Inclusion inclusion = new Inclusion(environment, findings);
        return new ConfigTree(inclusion.read(file), inclusion.files());
    }
}
