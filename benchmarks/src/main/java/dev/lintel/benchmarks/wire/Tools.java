package dev.lintel.benchmarks.wire;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The programs that the comparison needs. */
final class Tools {

    private static final Map<String, String> PACKAGES = new LinkedHashMap<>();

    static {
        PACKAGES.put("nginx", "nginx-light");
        PACKAGES.put("wrk", "wrk");
        PACKAGES.put("h2load", "nghttp2-client");
    }

    private Tools() {}

    /**
     * A line that says what is missing and how to install it; empty if nothing is.
     *
     * @param http2 whether HTTP/2 is measured
     */
    static String missing(boolean http2) {
        List<String> absent = PACKAGES.keySet().stream()
                .filter(name -> http2 || !name.equals("h2load"))
                .filter(name -> !Files.isExecutable(path(name)))
                .toList();
        if (!Files.isDirectory(Path.of("/proc/self/task"))) {
            return "/proc: absent (expected: Linux, whose accounts of processes are read)";
        }
        if (absent.isEmpty()) {
            return "";
        }
        return "programs: " + String.join(", ", absent) + " absent (expected: in PATH; on Debian: apt-get install "
                + String.join(" ", absent.stream().map(PACKAGES::get).toList()) + ")";
    }

    /** Where a program is; a path at which nothing is if it is nowhere. */
    static Path path(String name) {
        for (String directory : (System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(File.pathSeparator, -1)) {
            Path path = Path.of(directory, name);
            if (Files.isExecutable(path)) {
                return path;
            }
        }
        return Path.of("/nonexistent", name);
    }
}
