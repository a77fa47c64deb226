package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void saysNothingOfAnotherPatchOfTheProxyAlone() {
        assertThat(JettyVersions.mixed(Map.of("jetty-client", "12.1.10", "jetty-ee10-proxy", "12.1.14")))
                .isNull();
    }
}
