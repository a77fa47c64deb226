package dev.lintel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.lintel.testing.Container;
import dev.lintel.testing.WebApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Compiles every Java snippet of the documentation, deploys every {@code web.xml} one, and follows every link. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final Pattern FENCE = Pattern.compile("```(java|xml|yaml( sections| prometheus)?|sh|json|text)?");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

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

    /** A fence that is indented, or has a language of another spelling, would keep its block from all of these. */
    @Test
    void noBlockEscapes() throws IOException {
        for (Path page : pages()) {
            assertThat(Files.readAllLines(page))
                    .as(page.toString())
                    .filteredOn(line ->
                            line.strip().startsWith("```") || line.strip().startsWith("~~~"))
                    .allMatch(FENCE.asMatchPredicate());
        }
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

    private static void deploy(Block block) {
        String text = block.text().strip();
        String descriptor = text.startsWith("<web-app")
                ? text
                : "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">\n" + text + "\n</web-app>";
        for (Container container : Container.values()) {
            try (WebApp app = WebApp.on(container).webXml(descriptor).start()) {
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
