package dev.lintel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.filter.FilterKind;
import dev.lintel.filter.FilterKinds;
import java.io.IOException;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What an application takes in with Lintel: the jars of a module and of everything that it needs at run time. */
class FootprintTest {

    private static final long MEGABYTE = 1_000_000;
    private static final String FILTERS = "gateway-filters";
    private static final String PROXY = "gateway-jetty-proxy";

    @Test
    void filtersAloneStaySmall() throws IOException {
        Map<String, Long> jars = jars(FILTERS);
        assertThat(jars.keySet())
                .containsExactlyInAnyOrder("gateway-api", FILTERS, "jspecify", "nimbus-jose-jwt", "slf4j-api");
        assertThat(weight(jars)).as(told(jars)).isLessThanOrEqualTo(2_500_000);
    }

    /** Counted with the parts of Jetty that its own server has as well. */
    @Test
    void filtersWithTheProxyStaySmall() throws IOException {
        Map<String, Long> jars = jars(FILTERS);
        jars.putAll(jars(PROXY));
        assertThat(jars).containsKeys(PROXY, "jetty-client", "jetty-http", "jetty-io", "jetty-util");
        assertThat(weight(jars)).as(told(jars)).isLessThanOrEqualTo(6 * MEGABYTE);
    }

    /** Who reads no tokens may leave Nimbus out. */
    @Test
    void filtersButForTheOneOfTokensNeedNoNimbus() throws IOException {
        List<URL> without = parts(FILTERS).stream()
                .filter(part -> !name(part).equals("nimbus-jose-jwt"))
                .map(FootprintTest::url)
                .toList();
        assertThat(without).hasSize(4);
        try (URLClassLoader application = new URLClassLoader(without.toArray(URL[]::new), new ServletsOnly())) {
            assertThat(kinds(application).containsKey("requestId")).isTrue();
            for (FilterKind kind :
                    FilterKinds.installed(FootprintTest.class.getClassLoader()).values()) {
                String filter = kind.type().getName();
                if (filter.startsWith("dev.lintel.filters.") && !filter.contains(".jwt.")) {
                    assertThat(made(application, filter)).as(filter).isNotNull();
                }
            }
        }
    }

    private static Map<?, ?> kinds(ClassLoader application) {
        try {
            Class<?> kinds = Class.forName(FilterKinds.class.getName(), true, application);
            return (Map<?, ?>) kinds.getMethod("installed", ClassLoader.class).invoke(null, application);
        } catch (ReflectiveOperationException failed) {
            throw new LinkageError("kinds", failed);
        }
    }

    private static Object made(ClassLoader application, String filter) {
        try {
            return Class.forName(filter, true, application).getConstructor().newInstance();
        } catch (ReflectiveOperationException failed) {
            throw new LinkageError(filter, failed);
        }
    }

    /** A container that has nothing of Lintel. */
    private static final class ServletsOnly extends ClassLoader {

        ServletsOnly() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("jakarta.servlet.")) {
                return FootprintTest.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }

    private static List<Path> parts(String module) throws IOException {
        Path target = Path.of("..", module, "target").toAbsolutePath().normalize();
        Path file = target.resolve("runtime.classpath");
        assertThat(file).as("written while %s is compiled, as by -am", module).isRegularFile();
        String others = Files.readString(file).trim();
        return Stream.concat(
                        Stream.of(target.resolve("classes")),
                        Arrays.stream(others.split(java.io.File.pathSeparator)).map(Path::of))
                .toList();
    }

    private static Map<String, Long> jars(String module) throws IOException {
        Map<String, Long> jars = new TreeMap<>();
        for (Path part : parts(module)) {
            jars.put(name(part), Files.isDirectory(part) ? packed(part) : Files.size(part));
        }
        return jars;
    }

    /** {@code .../gateway-api/target/classes} and {@code .../slf4j-api-2.0.20.jar} alike. */
    private static String name(Path part) {
        int names = part.getNameCount();
        return part.endsWith(Path.of("target", "classes"))
                ? part.getName(names - 3).toString()
                : part.getName(names - 1).toString().replaceFirst("-\\d.*", "");
    }

    private static long packed(Path classes) throws IOException {
        Counting size = new Counting();
        try (JarOutputStream jar = new JarOutputStream(size);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, jar);
            }
        }
        return size.bytes;
    }

    private static final class Counting extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int from, int length) {
            bytes += length;
        }
    }

    private static long weight(Map<String, Long> jars) {
        return jars.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String told(Map<String, Long> jars) {
        return weight(jars) + " bytes: " + jars;
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
