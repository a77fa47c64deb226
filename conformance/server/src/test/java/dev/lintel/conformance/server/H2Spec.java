package dev.lintel.conformance.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.conformance.frames.H2SpecListed;
import dev.lintel.server.GatewayServer;
import dev.lintel.server.ServerBuilder;
import dev.lintel.testing.Answer;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Every case of h2spec, its strict one too, against the server in front of an upstream: all end as it asks but those that
 * {@link H2SpecListed} lists. The program is in a Maven plugin that brings its release 2.2.0 along; it is unpacked under
 * {@code target} and not kept. Release 2.6.0 has one case more, which is a row of {@code MessageFrames}:
 *
 * <pre>
 * mvn -Pintegration -pl conformance/server -am verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test='H2Spec*IT'
 * </pre>
 */
final class H2Spec {

    private static final Path ARCHIVE = Path.of("target/h2spec/h2spec/2.2.0/h2spec_linux_amd64.tar.gz");
    private static final int CASES = 146;

    private final Path directory;

    /** Keeps what it needs in that directory. */
    H2Spec(Path directory) {
        this.directory = directory;
    }

    /** Plays all cases against a server. */
    void check(UnaryOperator<ServerBuilder> protocol, String... options) throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64"));
        run(List.of("tar", "-xzf", ARCHIVE.toString(), "-C", directory.toString()));
        Path report = directory.resolve("report.xml");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("an answer of some bytes"));
                GatewayServer server = protocol.apply(GatewayServer.builder(Gateway.builder()
                                        .upstream(Upstream.named("service").target(upstream.url()))
                                        .route(Route.named("all").path("/**").to("service"))
                                        .build())
                                .host("127.0.0.1")
                                .port(0)
                                .withoutAdminPort())
                        .start()) {
            List<String> command = new ArrayList<>(List.of(
                    directory.resolve("h2spec").toString(),
                    "--strict",
                    "--timeout=5",
                    "--host=localhost",
                    "--port=" + server.port(),
                    "--junit-report=" + report));
            command.addAll(Arrays.asList(options));
            run(command);
        }
        Map<String, Boolean> seen = read(report);
        assertThat(seen).hasSize(CASES);
        seen.keySet().removeAll(H2SpecListed.names());
        assertThat(seen).doesNotContainValue(false);
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile())
                .start()
                .waitFor();
    }

    /** Which cases have passed, by section and number. */
    private static Map<String, Boolean> read(Path report) throws Exception {
        NodeList cases = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("testcase");
        Map<String, Integer> numbers = new HashMap<>();
        Map<String, Boolean> passed = new TreeMap<>();
        for (int i = 0; i < cases.getLength(); i++) {
            Element one = (Element) cases.item(i);
            String section = one.getAttribute("package");
            int number = numbers.merge(section, 1, Integer::sum);
            passed.put(
                    section + "/" + number,
                    one.getElementsByTagName("failure").getLength() == 0
                            && one.getElementsByTagName("error").getLength() == 0
                            && one.getElementsByTagName("skipped").getLength() == 0);
        }
        return passed;
    }
}
