package dev.lintel.proxy;

import jakarta.servlet.ServletException;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of Jetty's artifacts on the class path. A build that manages them, as Spring Boot's does, may replace those that
 * the gateway was built with by older ones, some or all of them, and what then fails is a method far inside.
 */
final class JettyVersions {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamProxyServlet.class);

    /** What the gateway is built with. */
    static final String WANTED = "12.1.14";

    private static final int[] LEAST = {12, 1, 10};

    /** A class of each artifact; named, so that none is needed to find the others. */
    private static final Map<String, String> ARTIFACTS = artifacts();

    private JettyVersions() {}

    private static Map<String, String> artifacts() {
        Map<String, String> artifacts = new LinkedHashMap<>();
        artifacts.put("jetty-client", "org.eclipse.jetty.client.HttpClient");
        artifacts.put("jetty-http", "org.eclipse.jetty.http.HttpField");
        artifacts.put("jetty-io", "org.eclipse.jetty.io.EndPoint");
        artifacts.put("jetty-util", "org.eclipse.jetty.util.Callback");
        artifacts.put("jetty-ee10-proxy", "org.eclipse.jetty.ee10.proxy.AsyncProxyServlet");
        return artifacts;
    }

    /**
     * Looks at what is there; logs a warning if it is of several versions.
     *
     * @throws ServletException if something is too old to work
     */
    static void check() throws ServletException {
        Map<String, String> found = found();
        String wrong = tooOld(found);
        if (wrong != null) {
            throw new ServletException(wrong);
        }
        String mixed = mixed(found);
        if (mixed != null) {
            LOG.warn("{}", mixed);
        }
    }

    /** What to say when something was missing inside all the same. */
    static ServletException unusable(LinkageError missing) {
        return new ServletException(message(found()), missing);
    }

    /** The artifacts whose versions are known; a jar made of many has none. */
    static Map<String, String> found() {
        Map<String, String> found = new LinkedHashMap<>();
        ARTIFACTS.forEach((artifact, type) -> {
            String version = version(type);
            if (version != null) {
                found.put(artifact, version);
            }
        });
        return found;
    }

    /** What is wrong if an artifact is older than what works, or of the next line; else null. */
    static @Nullable String tooOld(Map<String, String> found) {
        for (String version : found.values()) {
            if (!serves(version)) {
                return message(found);
            }
        }
        return null;
    }

    /** What is wrong if artifacts that are released together are of different versions; else null. */
    static @Nullable String mixed(Map<String, String> found) {
        List<String> together = new ArrayList<>();
        found.forEach((artifact, version) -> {
            if (!artifact.equals("jetty-ee10-proxy")) {
                together.add(version);
            }
        });
        return new TreeSet<>(together).size() > 1 ? message(found) : null;
    }

    private static String message(Map<String, String> found) {
        StringBuilder text = new StringBuilder("Jetty:");
        found.forEach((artifact, version) -> text.append(text.length() > "Jetty:".length() ? ", " : " ")
                .append(artifact)
                .append(' ')
                .append(version));
        return text.append(found.isEmpty() ? " unknown versions" : "")
                .append(" (expected: all of one version, at least ")
                .append(LEAST[0] + "." + LEAST[1] + "." + LEAST[2])
                .append(" of " + LEAST[0] + "." + LEAST[1] + ", best " + WANTED)
                .append("; with spring-boot-starter-parent set <jetty.version>" + WANTED
                        + "</jetty.version>, elsewhere")
                .append(" import org.eclipse.jetty:jetty-bom:" + WANTED + " before any other BOM)")
                .toString();
    }

    private static boolean serves(String version) {
        String[] parts = version.split("[.-]", -1);
        int[] numbers = new int[LEAST.length];
        try {
            for (int i = 0; i < numbers.length && i < parts.length; i++) {
                numbers[i] = Integer.parseInt(parts[i]);
            }
        } catch (NumberFormatException unknown) {
            return true;
        }
        return numbers[0] == LEAST[0] && numbers[1] == LEAST[1] && numbers[2] >= LEAST[2];
    }

    private static @Nullable String version(String type) {
        try {
            Class<?> found = Class.forName(type, false, JettyVersions.class.getClassLoader());
            return isOfOneJarWithAll(found) ? null : found.getPackage().getImplementationVersion();
        } catch (ClassNotFoundException | LinkageError absent) {
            return null;
        }
    }

    /** Whether it comes from where Lintel comes from: then the version there is that of the whole. */
    private static boolean isOfOneJarWithAll(Class<?> type) {
        CodeSource own = JettyVersions.class.getProtectionDomain().getCodeSource();
        CodeSource its = type.getProtectionDomain().getCodeSource();
        return own != null
                && its != null
                && own.getLocation() != null
                && own.getLocation().equals(its.getLocation());
    }
}
