package dev.lintel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.config.GatewayFile;
import dev.lintel.config.LoadedGateway;
import dev.lintel.testing.TestAuthority;
import dev.lintel.testing.TestCertificate;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every block of YAML in the documentation is valid and has no hole: a whole file by itself, one marked {@code yaml sections} in the place of
 * those sections of the first whole file. Blocks for other programs say so in their mark.
 */
class YamlInDocsTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(ya?ml[^\n]*)\\n(.*?)^```$");

    @TempDir
    private Path folder;

    /** A block and where it stands. */
    record Block(String page, int line, String mark, String text) {

        boolean isWhole() {
            return text.startsWith("version: 1\n");
        }

        @Override
        public String toString() {
            return page + ":" + line;
        }
    }

    static List<Block> blocks() throws IOException {
        Path root = Path.of("..").toAbsolutePath().normalize();
        List<Block> blocks = new ArrayList<>();
        for (Path page : Stream.concat(below(root.resolve("docs")), Stream.of(root.resolve("README.md")))
                .toList()) {
            String text = Files.readString(page);
            Matcher block = BLOCK.matcher(text);
            while (block.find()) {
                int line = (int) text.substring(0, block.start()).lines().count() + 1;
                blocks.add(new Block(root.relativize(page).toString(), line, block.group(1), block.group(2)));
            }
        }
        return blocks;
    }

    static List<Block> ours() throws IOException {
        return blocks().stream()
                .filter(block -> !block.mark().endsWith(" prometheus"))
                .toList();
    }

    @Test
    void eachIsAWholeFileOrSaysWhatItIs() throws IOException {
        assertThat(blocks())
                .hasSizeGreaterThan(5)
                .allSatisfy(block -> assertThat(block.mark())
                        .isIn(block.isWhole() ? List.of("yaml") : List.of("yaml sections", "yaml prometheus")));
    }

    /** What looks like sections of a file is marked, so that it is tried. */
    @Test
    void noSectionsAreUnmarked() throws IOException {
        Pattern unmarked = Pattern.compile(
                "(?m)^```\\n(version|server|upstreams|stores|filters|routes|consumers|tests|include|lint): ?[^\n]*$");
        for (Path page : below(Path.of("..", "docs")).toList()) {
            assertThat(Files.readString(page)).as(page.toString()).doesNotContainPattern(unmarked);
        }
    }

    @ParameterizedTest
    @MethodSource("ours")
    void isValid(Block block) throws IOException {
        String text = block.isWhole() ? block.text() : completed(block.text());
        Path file = Files.writeString(folder.resolve("gateway.yaml"), placed(text));

        LoadedGateway loaded = GatewayFile.of(file)
                .withEnvironment(Map.of("REDIS_PASSWORD", "0123456789abcdef"))
                .load();

        assertThat(loaded.report().findings()).as(loaded.report().text()).isEmpty();
    }

    /** Sections in the place of those of the first whole file. */
    private static String completed(String sections) throws IOException {
        Block first = blocks().stream()
                .filter(block -> block.page().endsWith("configuration.md") && block.isWhole())
                .findFirst()
                .orElseThrow();
        List<String> named = Pattern.compile("(?m)^(\\w+):")
                .matcher(sections)
                .results()
                .map(found -> found.group(1))
                .toList();
        StringBuilder whole = new StringBuilder();
        for (String section : first.text().split("(?m)^(?=\\w)", -1)) {
            if (named.stream().noneMatch(name -> section.startsWith(name + ":"))) {
                whole.append(section);
            }
        }
        return whole + sections;
    }

    /** With the files that it names in a folder of the test, and classes of the test. */
    private String placed(String text) throws IOException {
        TestAuthority authority = TestAuthority.create();
        TestCertificate certificate = authority.issue("shop.example.com");
        Files.writeString(folder.resolve("shop.pem"), certificate.certificatePem());
        Files.writeString(folder.resolve("shop.key"), certificate.privateKeyPem());
        Path keys = Path.of("..", "gateway-server", "src/test/resources/dev/lintel/tls");
        for (String name : List.of("api", "gateway")) {
            Files.copy(keys.resolve("rsa-certificate.pem"), folder.resolve(name + ".pem"));
            Files.copy(keys.resolve("rsa-pbes2-aes256.pem"), folder.resolve(name + ".key"));
        }
        Files.writeString(folder.resolve("pass"), "correct horse\n");
        for (String name : List.of("clients-ca.pem", "inside-ca.pem")) {
            Files.writeString(folder.resolve(name), authority.certificatePem());
        }
        Files.writeString(folder.resolve("limits"), "0123456789abcdef0123456789abcdef");
        return text.replace("/etc/lintel/", folder + "/")
                .replace("/run/secrets/", folder + "/")
                .replace("com.example.AuditFilter", Audit.class.getName());
    }

    private static Stream<Path> below(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A filter of a user's own. */
    public static final class Audit implements Filter {

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(request, response);
        }
    }
}
