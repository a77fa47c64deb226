package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
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
        String entries = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : entries.split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
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
