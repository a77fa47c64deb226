package dev.lintel.filters;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.FilterTraits;
import dev.lintel.Stage;
import dev.lintel.filter.FilterKind;
import dev.lintel.filter.FilterKinds;
import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.option.OptionType;
import dev.lintel.option.Problem;
import dev.lintel.option.ScalarType;
import jakarta.servlet.Filter;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One catalogue: what it says of a filter is what the filter's builder and its reading do. */
class CataloguesTest {

    private static final String SECRET = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final String DIGEST = "584cc86819b63980c57c30f9d4df4c11646108d65d3d1611dc974a82f3a9c930";

    /** What is an object in code, and cannot be told by texts. */
    private static final Set<String> IN_CODE_ONLY = Set.of("build", "time", "switchedBy");

    /** Enough of each kind to be made. */
    private static final Map<String, Map<String, String>> SAMPLES = Map.ofEntries(
            Map.entry("requestId", Map.of("header", "X-Trace")),
            Map.entry("accessLog", Map.of("format", "json")),
            Map.entry("headerStrip", Map.of("requestHeaders", "X-Internal-*")),
            Map.entry("securityHeaders", Map.of("permissionsPolicy", "geolocation=(), camera=()")),
            Map.entry("cors", Map.of("origins", "https://app.example.com")),
            Map.entry("ipRules", Map.of("allow", "10.0.0.0/8")),
            Map.entry("maintenance", Map.of("enabled", "true")),
            Map.entry("bodyLimit", Map.of("maxSize", "1MiB")),
            Map.entry("compression", Map.of("minSize", "2KiB")),
            Map.entry("cache", Map.of("maxSize", "1MiB")),
            Map.entry("rateLimit", Map.of("limits", "per-user=5/1s", "key", "claim:sub")),
            Map.entry("jwt", Map.of("issuer", "me", "audience", "us", "secret", SECRET, "userIdHeader", "X-Who")),
            Map.entry("apiKey", Map.of("keys", "shop:" + DIGEST, "consumerHeader", "X-Whose")),
            Map.entry(
                    "anyOf",
                    Map.of(
                            "jwt.issuer",
                            "me",
                            "jwt.audience",
                            "us",
                            "jwt.secret",
                            SECRET,
                            "apiKey.keys",
                            "a:" + DIGEST)),
            Map.entry("requestTransform", Map.of("set.X-Tenant.Id", "${claim.tenant}")),
            Map.entry("responseTransform", Map.of("add.Vary", "Accept")));

    static Stream<FilterKind> kinds() {
        return FilterKinds.installed(CataloguesTest.class.getClassLoader()).values().stream();
    }

    @Test
    void everyFilterOfThisModuleHasAName() {
        assertThat(kinds().map(FilterKind::name)).containsExactlyInAnyOrderElementsOf(SAMPLES.keySet());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatCanBeToldIsAMethodOfTheBuilderAndTheOtherWayRound(FilterKind kind) throws Exception {
        Set<String> told = new HashSet<>();
        kind.catalogue().options().forEach(option -> told.addAll(option.builderMethods()));
        Option<?> others = kind.catalogue().others();
        if (others != null) {
            told.addAll(others.builderMethods());
        }
        Class<?> builder = builder(kind);
        Stream<Method> methods = builder == null
                ? Arrays.stream(kind.type().getMethods()).filter(method -> Modifier.isStatic(method.getModifiers()))
                : Arrays.stream(builder.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()));
        Set<String> inCode = methods.map(Method::getName)
                .filter(name -> !IN_CODE_ONLY.contains(name))
                .collect(Collectors.toSet());
        assertThat(told).isEqualTo(inCode);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aBuilderBeginsWithTheDefaultsOfTheCatalogue(FilterKind kind) throws Exception {
        Class<?> type = builder(kind);
        if (type == null) {
            return;
        }
        Object builder = kind.type().getMethod("builder").invoke(null);
        for (Option<?> option : kind.catalogue().options()) {
            Object value = option.defaultValue().orElse(null);
            Field field = field(type, option.name());
            if (field != null && (value == null || option.type() instanceof ScalarType)) {
                field.setAccessible(true);
                Object begins = field.get(builder);
                assertThat(begins instanceof Integer number ? Long.valueOf(number) : begins)
                        .as(option.name())
                        .isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyOptionOfTheCatalogueIsRead(FilterKind kind) {
        OptionReader reader = OptionReader.of(texts(kind.catalogue()));
        kind.make(reader);
        assertThat(reader.problems().list())
                .extracting(Problem::value)
                .as("a value for each of %s", kind.catalogue().names())
                .doesNotContain("unknown option");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anOptionThatIsInNoCatalogueIsRefusedAndTheNearestNamed(FilterKind kind) {
        for (Option<?> option : kind.catalogue().options()) {
            Map<String, String> texts = new LinkedHashMap<>(sample(kind.name()));
            String part = option.type() instanceof OptionType.Named ? ".X" : "";
            texts.put(option.name() + "s" + part, "secret-value");
            OptionReader reader = OptionReader.of(texts);
            assertThat(kind.make(reader)).isNull();
            assertThat(reader.problems().list()).hasSize(1).allSatisfy(problem -> {
                assertThat(problem.value()).isEqualTo("unknown option");
                assertThat(problem.expected()).contains(option.name()).doesNotContain("secret-value");
            });
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void initParamsAndFilesMakeTheSameFilter(FilterKind kind) {
        Map<String, String> texts = sample(kind.name());
        Map<String, Object> tree = new LinkedHashMap<>();
        texts.forEach((name, text) -> put(tree, kind.catalogue(), name, text));
        OptionReader params = OptionReader.of(texts);
        OptionReader file = OptionReader.ofTree(tree);
        Filter byParams = kind.make(params);
        Filter byFile = kind.make(file);
        assertThat(params.problems().list()).isEmpty();
        assertThat(file.problems().list()).isEmpty();
        assertThat(traits(byFile)).isEqualTo(traits(byParams));
    }

    /** Known before {@code init}, as of a filter that is built in code. */
    @Test
    void aFilterThatIsMadeOfTextsKnowsWhatItOwnsAndWhereItBelongs() {
        Map<String, FilterKind> kinds = FilterKinds.installed(CataloguesTest.class.getClassLoader());
        assertThat(traits(made(kinds, "jwt"))).contains("X-Who").contains(Stage.AUTHENTICATION.name());
        assertThat(traits(made(kinds, "apiKey"))).contains("X-Whose").contains("X-API-Key");
        assertThat(traits(made(kinds, "anyOf"))).contains("X-Consumer-ID").contains("X-API-Key");
        assertThat(traits(made(kinds, "rateLimit"))).contains(Stage.CALLER_LIMIT.name());
        assertThat(traits(made(kinds, "requestTransform"))).contains("X-Tenant.Id");
        assertThat(traits(made(kinds, "requestId"))).contains("X-Trace");
    }

    private static @Nullable Filter made(Map<String, FilterKind> kinds, String name) {
        FilterKind kind = kinds.get(name);
        return kind == null ? null : kind.make(OptionReader.of(sample(name)));
    }

    private static String traits(@Nullable Filter filter) {
        assertThat(filter).isInstanceOf(FilterTraits.class);
        return filter instanceof FilterTraits traits
                ? traits.stage() + " " + traits.ownedRequestHeaders().patterns() + " "
                        + traits.credentialNames().stream().sorted().toList()
                : "";
    }

    private static void put(Map<String, Object> tree, OptionCatalogue catalogue, String name, String text) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            boolean list = catalogue
                    .find(name)
                    .filter(option -> option.type() instanceof OptionType.Items)
                    .isPresent();
            tree.put(name, list ? List.of(text) : text);
            return;
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> part =
                (Map<String, Object>) tree.computeIfAbsent(name.substring(0, dot), any -> new LinkedHashMap<>());
        part.put(name.substring(dot + 1), text);
    }

    /** A text for each option that is at least of its type. */
    private static Map<String, String> texts(OptionCatalogue catalogue) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Option<?> option : catalogue.options()) {
            String part = option.type() instanceof OptionType.Named ? ".X-Part" : "";
            String otherwise = option.isDefaultInWords() ? "" : option.defaultText();
            texts.put(option.name() + part, otherwise.isEmpty() ? sample(option.type()) : otherwise);
        }
        return texts;
    }

    private static Map<String, String> sample(String name) {
        return requireNonNull(SAMPLES.get(name), name);
    }

    private static String sample(OptionType<?> type) {
        return type instanceof ScalarType.Time time ? time.show(Duration.ofSeconds(1)) : "x";
    }

    private static @Nullable Class<?> builder(FilterKind kind) {
        return Arrays.stream(kind.type().getMethods())
                .filter(method -> method.getName().equals("builder"))
                .<Class<?>>map(Method::getReturnType)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Field field(Class<?> type, String name) {
        List<Field> found = new ArrayList<>(Arrays.asList(type.getDeclaredFields()));
        return found.stream()
                .filter(field -> field.getName().equals(name))
                .findFirst()
                .orElse(null);
    }
}
