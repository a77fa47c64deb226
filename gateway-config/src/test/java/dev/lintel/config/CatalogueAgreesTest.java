package dev.lintel.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Destination;
import dev.lintel.Gateway;
import dev.lintel.GatewayBuilder;
import dev.lintel.RouteBuilder;
import dev.lintel.config.report.Finding;
import dev.lintel.https.TlsBuilder;
import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionType;
import dev.lintel.option.ScalarType;
import dev.lintel.option.Units;
import dev.lintel.server.GatewayServer;
import dev.lintel.server.ServerBuilder;
import dev.lintel.upstream.Upstream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One catalogue: what it says of server, TLS, gateway, routes and upstreams is what their builders have, what files are read by, and what the
 * reference of files lists. That the schema and the tables of options say the same is for the tests of the schema and of the tables.
 */
class CatalogueAgreesTest {

    private static final OptionCatalogue SERVER = ServerBuilder.catalogue();
    private static final OptionCatalogue TLS = part(SERVER, "tls");
    private static final OptionCatalogue ROUTE = RouteBuilder.catalogue();
    private static final OptionCatalogue MATCH = part(ROUTE, "match");
    private static final OptionCatalogue UPSTREAM = Upstream.catalogue();

    /** Looked at beside {@code redirectPort} alone. */
    private static final String NEEDS_ANOTHER = "redirectPublicPort";

    @TempDir
    private Path folder;

    /**
     * Somewhere in a file where options are.
     *
     * @param text the file, with {@code %s} for the options
     * @param more keys that files have there beside the catalogue
     */
    record Section(OptionCatalogue catalogue, String text, Set<String> more) {
        @Override
        public String toString() {
            return catalogue.name();
        }
    }

    static List<Section> sections() {
        String routes = "routes: [ { id: r, match: { path: /r }, auth: none, answer: { status: 200 } } ]\n";
        return List.of(
                new Section(GatewayBuilder.catalogue(), "%s\n" + routes, Set.of()),
                new Section(SERVER, "server: { %s }\n" + routes, Set.of("trustedProxies", "forwardedBy")),
                new Section(TLS, "server: { tls: { %s } }\n" + routes, Set.of()),
                new Section(UPSTREAM, "upstreams: { u: { %s } }\n" + routes, Set.of()),
                new Section(part(UPSTREAM, "tls"), "upstreams: { u: { tls: { %s } } }\n" + routes, Set.of()),
                new Section(ROUTE, """
                        routes: [ { %s, id: r, match: { path: /r }, auth: none, upstream: u } ]
                        upstreams: { u: http://localhost:1 }
                        """, Set.of("id", "rule", "filters", "auth")),
                new Section(MATCH, "routes: [ { id: r, answer: { status: 200 }, match: { %s } } ]\n", Set.of()),
                new Section(
                        part(ROUTE, "answer"),
                        "routes: [ { id: r, match: { path: /r }, answer: { %s } } ]\n",
                        Set.of()),
                new Section(
                        part(ROUTE, "redirect"),
                        "routes: [ { id: r, match: { path: /r }, redirect: { %s } } ]\n",
                        Set.of()),
                new Section(
                        part(ROUTE, "minBodyRate"),
                        "routes: [ { id: r, match: { path: /r }, answer: { status: 200 }, minBodyRate: { %s } } ]\n",
                        Set.of()));
    }

    private static OptionCatalogue part(OptionCatalogue catalogue, String name) {
        OptionType<?> type = catalogue.find(name).orElseThrow().type();
        return ((OptionType.Group) type).catalogue();
    }

    @ParameterizedTest
    @MethodSource("sections")
    void filesAreReadByEveryOptionAndByNoOther(Section section) throws IOException {
        for (Option<?> option : section.catalogue().options()) {
            assertThat(kinds(section, option.name() + ": x")).as(option.name()).doesNotContain("unknown-key");
            assertThat(load(section, option.name() + "z: x"))
                    .as(option.name() + "z")
                    .filteredOn(finding -> finding.name().equals("unknown-key"))
                    .hasSize(1);
        }
    }

    /** What is in a file may be as small and as large as the catalogue says, and no more. */
    @ParameterizedTest
    @MethodSource("sections")
    void filesHaveTheRangesOfTheCatalogue(Section section) throws IOException {
        for (Option<?> option : section.catalogue().options()) {
            if (option.type() instanceof ScalarType<?> type && !option.name().equals(NEEDS_ANOTHER)) {
                for (String good : good(type)) {
                    assertThat(ofValue(section, option, good))
                            .as(option.name() + ": " + good)
                            .isEmpty();
                }
                for (String bad : bad(type)) {
                    assertThat(ofValue(section, option, bad))
                            .as(option.name() + ": " + bad)
                            .isNotEmpty();
                }
            }
        }
    }

    private static List<String> good(ScalarType<?> type) {
        List<String> values = new ArrayList<>();
        if (type instanceof ScalarType.Whole whole) {
            values.addAll(List.of("" + whole.least(), "" + whole.most()));
        } else if (type instanceof ScalarType.Time time) {
            values.add(Units.text(time.least()));
            values.add(time.most().equals(Option.LONGEST) ? "3650d" : Units.text(time.most()));
            values.addAll(time.orZero() ? List.of("0") : List.of());
        } else if (type instanceof ScalarType.Size size) {
            values.addAll(List.of("" + size.least(), "" + Math.min(size.most(), Integer.MAX_VALUE)));
            values.addAll(size.orZero() ? List.of("0") : List.of());
        } else if (type instanceof ScalarType.Flag) {
            values.addAll(List.of("true", "false"));
        } else if (type instanceof ScalarType.Choice<?> choice) {
            choice.words().forEach(word -> values.add("" + word));
        } else if (type instanceof ScalarType.Words words) {
            words.words().forEach(word -> values.add("" + word));
        }
        return values;
    }

    private static List<String> bad(ScalarType<?> type) {
        List<String> values = new ArrayList<>();
        if (type instanceof ScalarType.Whole whole) {
            values.addAll(List.of("" + (whole.least() - 1L), "" + (whole.most() + 1L), "many"));
        } else if (type instanceof ScalarType.Time time) {
            if (time.least().compareTo(Duration.ofMillis(1)) > 0) {
                values.add(Units.text(time.least().minusMillis(1)));
            }
            values.addAll(
                    time.most().equals(Option.LONGEST)
                            ? List.of()
                            : List.of(Units.text(time.most().plusMillis(1))));
            values.addAll(time.orZero() || time.least().isZero() ? List.of() : List.of("0s"));
            values.add("soon");
        } else if (type instanceof ScalarType.Size size) {
            values.addAll(size.least() > 1 && !size.orZero() ? List.of("" + (size.least() - 1)) : List.of());
            values.addAll(size.most() == Long.MAX_VALUE ? List.of() : List.of("" + (size.most() + 1)));
            values.add("much");
        } else if (type instanceof ScalarType.Flag) {
            values.addAll(List.of("yes", "1"));
        } else if (type instanceof ScalarType.Choice || type instanceof ScalarType.Words) {
            values.add("whatever");
        }
        return values;
    }

    /** What is wrong with the value of the one option that a section has: told where it stands, or with the value. */
    private List<String> ofValue(Section section, Option<?> option, String value) throws IOException {
        String line = section.text().lines().findFirst().orElse("");
        int column = line.indexOf("%s") + 1;
        Set<Integer> there = Set.of(column, column + option.name().length() + 2);
        return load(section, option.name() + ": " + value).stream()
                .filter(finding -> Set.of("bad-value", "wrong-type").contains(finding.name()))
                .filter(finding -> finding.position().line() == 2)
                // that something else is missing is not about the value
                .filter(finding -> !finding.message().contains("without"))
                .filter(finding -> there.contains(finding.position().column())
                        || finding.message().contains(value))
                .map(finding -> finding.message() + " (" + finding.expected() + ")")
                .toList();
    }

    private List<String> kinds(Section section, String options) throws IOException {
        return load(section, options).stream().map(Finding::name).toList();
    }

    private List<Finding> load(Section section, String options) throws IOException {
        Path file = folder.resolve("gateway.yaml");
        Files.writeString(file, "version: 1\n" + section.text().formatted(options));
        return GatewayFile.load(file).report().findings();
    }

    @Test
    void everyMethodOfABuilderIsInTheCatalogueAndTheOtherWayRound() {
        assertMethods(
                GatewayBuilder.class, GatewayBuilder.catalogue(), "filter", "upstream", "route", "otherwise", "time");
        assertMethods(Upstream.Builder.class, UPSTREAM, "name");
        assertMethods(ServerBuilder.class, SERVER, "start", "problems", "reloader", "adminResource");
        assertMethods(
                RouteBuilder.class,
                ROUTE,
                "name",
                "filter",
                "path",
                "host",
                "methods",
                "header",
                "headerPresent",
                "query",
                "queryPresent",
                "cookie",
                "cookiePresent",
                "clientAddress");
        assertThat(methods(TlsBuilder.class, "create", "certificate"))
                .isEqualTo(new TreeSet<>(TLS.names().stream()
                        .filter(name -> !Set.of("key", "keyPassword", "keyPasswordFile", "further")
                                .contains(name))
                        .toList()));
    }

    @Test
    void buildersBeginWithTheDefaultsOfTheCatalogue() throws ReflectiveOperationException {
        Gateway any = Gateway.builder()
                .otherwise(Destination.answer(404, "text/plain", ""))
                .build();
        assertThat(defaults(GatewayServer.builder(any), SERVER)).hasSizeGreaterThan(15);
        assertThat(defaults(Upstream.named("u"), UPSTREAM)).contains("maxConnections", "protocol");
        assertThat(defaults(TlsBuilder.create(), TLS)).contains("preset", "sessionLifetime", "watchInterval", "hsts");
    }

    /** The options that are fields of a builder, each of which has the default. */
    private static List<String> defaults(Object builder, OptionCatalogue catalogue)
            throws ReflectiveOperationException {
        List<String> compared = new ArrayList<>();
        for (Field field : builder.getClass().getDeclaredFields()) {
            Option<?> option = catalogue.find(field.getName()).orElse(null);
            if (option != null && option.type() instanceof ScalarType && !option.isRequired()) {
                field.setAccessible(true);
                Object begins = field.get(builder);
                assertThat(begins instanceof Integer number ? Long.valueOf(number) : begins)
                        .as(option.name())
                        .isEqualTo(option.defaultValue().orElse(null));
                compared.add(option.name());
            }
        }
        return compared;
    }

    private static void assertMethods(Class<?> builder, OptionCatalogue catalogue, String... inCodeOnly) {
        Set<String> told = catalogue.options().stream()
                .flatMap(option -> option.builderMethods().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(methods(builder, inCodeOnly)).as(builder.getName()).isEqualTo(told);
    }

    private static Set<String> methods(Class<?> builder, String... inCodeOnly) {
        return Arrays.stream(builder.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(Method::getName)
                .filter(name -> !List.of("build", "catalogue").contains(name))
                .filter(name -> !List.of(inCodeOnly).contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The tables at the end of the page on files, which are for reading and say more than one thing in a row. */
    @Test
    void theReferenceOfFilesListsEveryOptionAndNoOther() throws IOException {
        assertListed(
                "| at the top |",
                GatewayBuilder.catalogue(),
                "version",
                "include",
                "server",
                "upstreams",
                "consumers",
                "stores",
                "filters",
                "routes",
                "otherwise",
                "tests",
                "lint",
                "x-...");
        assertListed("| `server` | |", SERVER);
        assertListed("| an upstream |", UPSTREAM);
        assertListed("| a route |", ROUTE, "id", "rule", "filters", "auth");
        assertInRow("| `server` | |", "`tls`", TLS.names().stream());
        assertInRow("| an upstream |", "`tls`", part(UPSTREAM, "tls").names().stream());
        assertInRow("| a route |", "`match`", MATCH.names().stream());
    }

    private static void assertListed(String head, OptionCatalogue catalogue, String... more) throws IOException {
        Set<String> names = new TreeSet<>(catalogue.names());
        names.addAll(List.of(more));
        Set<String> listed = rows(head)
                .flatMap(row -> Stream.of(row.split("\\|", -1)[1].split(",", -1)))
                .map(cell -> cell.replaceAll("[` ]", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed).as(head).isEqualTo(names);
    }

    private static void assertInRow(String head, String first, Stream<String> names) throws IOException {
        String row = rows(head)
                .filter(line -> line.startsWith("| " + first))
                .findFirst()
                .orElse("");
        assertThat(names).as(row).allSatisfy(name -> assertThat(row).containsPattern("\\b" + name + "\\b"));
    }

    private static Stream<String> rows(String head) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "configuration.md"));
        int begin = page.indexOf("\n" + head);
        assertThat(begin).as(head).isPositive();
        return requireNonNull(page.substring(begin + 1))
                .lines()
                .takeWhile(line -> line.startsWith("|"))
                .skip(2);
    }
}
