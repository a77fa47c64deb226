package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JettyVersionsTest {

    @Test
    void wantsWhatItIsBuiltWith() {
        assertThat(JettyVersions.WANTED).isEqualTo(HttpClient.class.getPackage().getImplementationVersion());
    }

    @Test
    void findsAllArtifactsHereAndNothingWrong() {
        Map<String, String> found = JettyVersions.found();

        assertThat(found)
                .containsOnlyKeys("jetty-client", "jetty-http", "jetty-io", "jetty-util", "jetty-ee10-proxy")
                .doesNotContainValue("");
        assertThat(JettyVersions.tooOld(found)).isNull();
        assertThat(JettyVersions.mixed(found)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12.0.29", "12.1.9", "11.0.26", "12.2.0", "13.0.0", "12"})
    void refusesVersionsThatDoNotWork(String version) {
        assertThat(JettyVersions.tooOld(Map.of("jetty-client", version)))
                .contains("jetty-client " + version)
                .contains("<jetty.version>" + JettyVersions.WANTED + "</jetty.version>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12.1.10", "12.1.14", "12.1.20", "12.1.15-SNAPSHOT", "unknown"})
    void takesVersionsThatMayWork(String version) {
        assertThat(JettyVersions.tooOld(Map.of("jetty-client", version))).isNull();
    }

    @Test
    void namesEveryVersionOfAMixture() {
        Map<String, String> found = Map.of("jetty-client", "12.1.14", "jetty-http", "12.1.10");

        assertThat(JettyVersions.tooOld(found)).isNull();
        assertThat(JettyVersions.mixed(found)).contains("jetty-client 12.1.14").contains("jetty-http 12.1.10");
    }

    /** The class path of these tests, with a copy of one jar that says it is of another version. */
    @ParameterizedTest
    @CsvSource({"jetty-http, 12.0.29, true", "jetty-io, 12.1.10, false"})
    void looksAtTheClassPathThatItFinds(String artifact, String version, boolean refused, @TempDir Path directory)
            throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (Path path : classPath()) {
            boolean replaced = path.getFileName().toString().startsWith(artifact + "-12.");
            classPath.add((replaced ? relabelled(path, version, directory) : path)
                    .toUri()
                    .toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> versions = loader.loadClass(JettyVersions.class.getName());
            Method found = versions.getDeclaredMethod("found");
            found.setAccessible(true);
            assertThat(found.invoke(null)).asInstanceOf(MAP).containsEntry(artifact, version);
            Method check = versions.getDeclaredMethod("check");
            check.setAccessible(true);
            if (refused) {
                assertThatThrownBy(() -> check.invoke(null))
                        .cause()
                        .hasMessageContaining(artifact + " " + version)
                        .hasMessageContaining("jetty-client " + JettyVersions.WANTED);
            } else {
                assertThatCode(() -> check.invoke(null)).doesNotThrowAnyException();
            }
        }
    }

    /** As the runnable jar is, whose version is Lintel's own. */
    @Test
    void takesAJarMadeOfManyForNoVersionOfJetty(@TempDir Path directory) throws Exception {
        Path all = directory.resolve("all.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "0.1.0-SNAPSHOT");
        Set<String> added = new HashSet<>(Set.of(JarFile.MANIFEST_NAME));
        try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(all), manifest)) {
            for (Path path : classPath()) {
                addClasses(path, added, to);
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {all.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Class<?> versions = loader.loadClass(JettyVersions.class.getName());
            assertThat(versions.getPackage().getImplementationVersion()).isEqualTo("0.1.0-SNAPSHOT");
            Method check = versions.getDeclaredMethod("check");
            check.setAccessible(true);
            assertThatCode(() -> check.invoke(null)).doesNotThrowAnyException();
        }
    }

    private static void addClasses(Path path, Set<String> added, JarOutputStream to) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    add(
                            path.relativize(file).toString().replace(File.separatorChar, '/'),
                            Files.newInputStream(file),
                            added,
                            to);
                }
            }
        } else if (Files.exists(path)) {
            try (JarFile from = new JarFile(path.toFile())) {
                for (JarEntry entry : Collections.list(from.entries())) {
                    add(entry.getName(), from.getInputStream(entry), added, to);
                }
            }
        }
    }

    private static void add(String name, InputStream content, Set<String> added, JarOutputStream to)
            throws IOException {
        try (content) {
            if (name.endsWith(".class") && added.add(name)) {
                to.putNextEntry(new JarEntry(name));
                content.transferTo(to);
            }
        }
    }

    private static List<Path> classPath() {
        String entries = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(entries.split(File.pathSeparator, -1)).map(Path::of).toList();
    }

    private static Path relabelled(Path jar, String version, Path directory) throws IOException {
        Path copy = directory.resolve(jar.getFileName());
        try (JarFile from = new JarFile(jar.toFile())) {
            Manifest manifest = from.getManifest();
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
            try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
                for (JarEntry entry : Collections.list(from.entries())) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        to.putNextEntry(new JarEntry(entry.getName()));
                        from.getInputStream(entry).transferTo(to);
                    }
                }
            }
        }
        return copy;
    }

    @Test
    void saysNothingOfAnotherPatchOfTheProxyAlone() {
        assertThat(JettyVersions.mixed(Map.of("jetty-client", "12.1.10", "jetty-ee10-proxy", "12.1.14")))
                .isNull();
    }
}
