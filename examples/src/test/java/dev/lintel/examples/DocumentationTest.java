package dev.lintel.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.lintel.filter.FilterKinds;
import dev.lintel.option.OptionReader;
import dev.lintel.testing.Container;
import dev.lintel.testing.WebApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Compiles every Java snippet of the documentation, deploys every {@code web.xml} one, and follows every link. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final Pattern PARAMS = Pattern.compile("(?ms)^```text (\\w+)\\n(.*?)^```$");
    private static final Pattern OPENING =
            Pattern.compile("```(java|xml|yaml( sections| prometheus)?|sh|json|text( rateLimit)?)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

    /** For applications whose {@code web.xml} names one. */
    private static final String GATEWAY_FILE =
            "version: 1\nroutes: [ { id: r, match: { path: /r }, auth: none, answer: { status: 200 } } ]\n";

    @TempDir
    private Path application;

    /** A fenced block of one page. */
    private record Block(String page, int line, String language, String text) {
        String name() {
            return page + ":" + line;
        }
    }

    @TestFactory
    Stream<DynamicTest> everyJavaSnippetCompiles() throws IOException {
        return blocks("java")
                .filter(block -> !isSpring(block))
                .map(block -> DynamicTest.dynamicTest(block.name(), () -> {
                    List<String> errors = SnippetCompiler.compile(block.text());
                    assertThat(errors).as(block.text()).isEmpty();
                }));
    }

    /** Spring is on another class path: there a test runs it. */
    @TestFactory
    Stream<DynamicTest> everySnippetForSpringIsTheOneThatIsRun() throws IOException {
        Path run = ROOT.resolve("conformance");
        List<String> sources = List.of(
                Files.readString(run.resolve("boot-4.0-tomcat/src/test/java")
                        .resolve("dev/lintel/conformance/boot40tomcat/GatewayConfiguration.java")),
                Files.readString(run.resolve("boot/src/main/java")
                        .resolve("dev/lintel/conformance/boot/CacheConfiguration.java")));
        return blocks("java")
                .filter(DocumentationTest::isSpring)
                .map(block -> DynamicTest.dynamicTest(
                        block.name(),
                        () -> assertThat(sources).anyMatch(source -> source.endsWith("\n\n" + block.text()))));
    }

    /** What the page on testing shows is run by JUnit as well. */
    @TestFactory
    Stream<DynamicTest> everyTestOfTheDocsIsTheOneThatIsRun() throws IOException {
        String run =
                Files.readString(ROOT.resolve("examples/src/test/java/dev/lintel/examples/OrdersGatewayTest.java"));
        return blocks("java")
                .filter(block -> block.text().contains("class OrdersGatewayTest"))
                .map(block -> DynamicTest.dynamicTest(
                        block.name(), () -> assertThat(run).endsWith("\n\n" + block.text())));
    }

    private static boolean isSpring(Block block) {
        return block.text().startsWith("@Configuration");
    }

    /** A class that a {@code web.xml} of the docs names is there, and is the one that is shown. */
    @TestFactory
    Stream<DynamicTest> everyGatewayForADescriptorIsTheOneThatIsDeployed() throws IOException {
        String deployed = Files.readString(ROOT.resolve("examples/src/test/java/com/example/ShopGateway.java"));
        return blocks("java")
                .filter(block -> block.text().contains("class ShopGateway"))
                .map(block -> DynamicTest.dynamicTest(
                        block.name(),
                        () -> assertThat(squeezed(deployed))
                                .endsWith(squeezed(
                                        block.text().substring(block.text().indexOf("public final class"))))));
    }

    /** What the first page shows of a main is the example, but for line breaks. */
    @Test
    void firstMainIsTheExample() throws IOException {
        String example = Files.readString(ROOT.resolve("examples/src/main/java/dev/lintel/examples/Embedded.java"));
        String shown = example.substring(example.indexOf("// region"), example.indexOf("// endregion"));
        assertThat(blocks("java").filter(block -> block.page().equals("README.md")))
                .map(block -> squeezed(block.text()))
                .contains(squeezed(shown.substring(shown.indexOf('\n'))));
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s", "");
    }

    /**
     * A fence that is indented, or has no language or one of another spelling, would keep its block from all of these.
     */
    @Test
    void noBlockEscapes() throws IOException {
        for (Path page : pages()) {
            boolean inside = false;
            for (String line : Files.readAllLines(page)) {
                if (line.strip().startsWith("```") || line.strip().startsWith("~~~")) {
                    assertThat(line).as(page.toString()).matches(inside ? Pattern.compile("```") : OPENING);
                    inside = !inside;
                }
            }
            assertThat(inside).as(page + ": a block without an end").isFalse();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyInitParamIsReadByItsFilter() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            Matcher block = PARAMS.matcher(Files.readString(page));
            while (block.find()) {
                String filter = block.group(1);
                Map<String, String> params = new LinkedHashMap<>();
                for (String param : block.group(2).strip().split("\\s+", -1)) {
                    int equals = param.indexOf('=');
                    params.put(param.substring(0, equals), param.substring(equals + 1));
                }
                tests.add(DynamicTest.dynamicTest(ROOT.relativize(page) + ": " + filter, () -> {
                    OptionReader options = OptionReader.of(params);
                    requireNonNull(FilterKinds.installed(getClass().getClassLoader())
                                    .get(filter))
                            .make(options);
                    options.finish(filter);
                }));
            }
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> everyDeploymentDescriptorDeploys() throws IOException {
        return blocks("xml")
                .filter(block -> !block.text().startsWith("<dependency>"))
                .map(block -> DynamicTest.dynamicTest(block.name(), () -> deploy(block)));
    }

    @TestFactory
    Stream<DynamicTest> everyDependencyIsOneOfOurs() throws IOException {
        String parent = Files.readString(ROOT.resolve("pom.xml"));
        String ours = Files.readString(ROOT.resolve("gateway-bom/pom.xml"));
        return blocks("xml")
                .filter(block -> block.text().startsWith("<dependency>"))
                .map(block -> DynamicTest.dynamicTest(block.name(), () -> {
                    Matcher artifact = Pattern.compile("<artifactId>(.*?)</artifactId>\\s*<version>(.*?)</version>")
                            .matcher(block.text());
                    assertThat(artifact.find()).isTrue();
                    do {
                        assertThat(ours).contains("<artifactId>" + artifact.group(1) + "</artifactId>");
                        assertThat(parent).contains("<version>" + artifact.group(2) + "</version>");
                    } while (artifact.find());
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyLinkLeadsToAFile() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                Path target = page.resolveSibling(link.group(1)).normalize();
                tests.add(DynamicTest.dynamicTest(
                        ROOT.relativize(page) + " -> " + link.group(1),
                        () -> assertThat(target).exists()));
            }
        }
        return tests.stream();
    }

    private void deploy(Block block) throws IOException {
        String text = block.text().strip();
        String descriptor = text.startsWith("<web-app")
                ? text
                : "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">\n" + text + "\n</web-app>";
        Path inside = Files.createDirectories(application.resolve("WEB-INF"));
        Files.writeString(inside.resolve("web.xml"), descriptor);
        Files.writeString(inside.resolve("gateway.yaml"), GATEWAY_FILE);
        for (Container container : Container.values()) {
            try (WebApp app = WebApp.on(container).directory(application).start()) {
                assertThat(app.port()).isPositive();
            } catch (IllegalStateException refused) {
                fail(block.name() + " on " + container + ": " + refused.getMessage(), refused);
            }
        }
    }

    private static Stream<Block> blocks(String language) throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (Path page : pages()) {
            String text = Files.readString(page);
            Matcher matcher = BLOCK.matcher(text);
            while (matcher.find()) {
                int line = (int) text.substring(0, matcher.start()).lines().count() + 1;
                blocks.add(new Block(ROOT.relativize(page).toString(), line, matcher.group(1), matcher.group(2)));
            }
        }
        return blocks.stream().filter(block -> block.language().equals(language));
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }
}
