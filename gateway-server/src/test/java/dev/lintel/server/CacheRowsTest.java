package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.filters.cache.CacheFilter;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What caches are known to do, played through a gateway over real sockets; its clock is moved where time is to pass. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CacheRowsTest {

    private final Map<String, CacheOrigin> origins = new ConcurrentHashMap<>();
    private CachedGateway gateway;

    static Stream<CacheRow> rows() {
        return CacheRow.all().stream();
    }

    @BeforeAll
    void start() {
        gateway = CachedGateway.with(CacheFilter.builder()
                        .clientsMayRevalidate(true)
                        .heuristics(true)
                        .build())
                .scripted(request -> Objects.requireNonNull(
                                origins.get(request.path().split("/", 3)[1]))
                        .answer(request));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void is(CacheRow row) {
        List<String> wrong = play(row);
        if (row.deviates().isEmpty()) {
            assertThat(wrong).isEmpty();
        } else {
            assertThat(wrong).as("the reason is gone: " + row.deviates()).isNotEmpty();
        }
    }

    @Test
    void noRequiredRowDeviatesButByARuleOfThisCacheOrForWantOfAnOptionalOne() {
        assertThat(rows().filter(row ->
                        row.kind().equals("required") && !row.deviates().isEmpty()))
                .extracting(CacheRow::name)
                .containsExactlyInAnyOrder(
                        "headers-store-Set-Cookie",
                        "headers-store-Set-Cookie2",
                        "headers-store-Transfer-Encoding",
                        // these need optional ones
                        "stale-while-revalidate-window",
                        "partial-use-headers",
                        "partial-use-stored-headers");
    }

    /** {@code -Dlintel.tables=write} writes it. */
    @Test
    void thePageTellsHowManyThereAreAndWhichDeviate() throws IOException {
        Path page = Path.of("../docs/filters/cache.md").toAbsolutePath().normalize();
        String text = Files.readString(page);
        String right = Pattern.compile("(?s)(<!-- rows -->\\n).*(<!-- end of rows -->)")
                .matcher(text)
                .replaceFirst(found -> Matcher.quoteReplacement(found.group(1) + told() + found.group(2)));
        if ("write".equals(System.getProperty("lintel.tables"))) {
            Files.writeString(page, right);
        }
        assertThat(Files.readString(page))
                .as("to be written by -Dtest=CacheRowsTest -Dlintel.tables=write")
                .isEqualTo(right)
                .contains("| required | 150 |");
    }

    private static String told() {
        StringBuilder told = new StringBuilder("\n| kind | rows | as expected |\n|---|---:|---:|\n");
        for (String kind : List.of("required", "optimal", "check")) {
            List<CacheRow> rows = rows().filter(row -> row.kind().equals(kind)).toList();
            long kept = rows.stream().filter(row -> row.deviates().isEmpty()).count();
            told.append("| " + kind + " | " + rows.size() + " | " + kept + " |\n");
        }
        told.append("\n| why not | required | optimal | check |\n|---|---|---|---|\n");
        Map<String, List<CacheRow>> reasons = rows().filter(
                        row -> !row.deviates().isEmpty())
                .collect(Collectors.groupingBy(CacheRow::deviates, LinkedHashMap::new, Collectors.toList()));
        reasons.forEach((reason, rows) -> told.append("| " + reason + " | " + names(rows, "required") + " | "
                + names(rows, "optimal") + " | " + names(rows, "check") + " |\n"));
        return told.append("\n").toString();
    }

    private static String names(List<CacheRow> rows, String kind) {
        return rows.stream()
                .filter(row -> row.kind().equals(kind))
                .map(row -> "`" + row.name() + "`")
                .collect(Collectors.joining(", "));
    }

    private List<String> play(CacheRow row) {
        CacheOrigin origin = new CacheOrigin(row, gateway.clock());
        origins.put(row.name(), origin);
        List<String> wrong = new ArrayList<>();
        RawResponse before = null;
        for (int step = 0; step < row.steps().size(); step++) {
            CacheRow.Step now = row.steps().get(step);
            Instant dated = before == null || !before.hasHeader("Origin-Now")
                    ? gateway.clock().instant()
                    : Instant.ofEpochSecond(Long.parseLong(before.header("Origin-Now")));
            RawResponse response = gateway.send(request(row, now, step, dated));
            for (String problem : new CacheExpectations(row, step, response, origin).problems()) {
                wrong.add("step " + (step + 1) + ": " + problem + "\n" + response);
            }
            gateway.pass(now.pause());
            before = response;
        }
        return wrong;
    }

    private static RawRequest request(CacheRow row, CacheRow.Step step, int number, Instant dated) {
        String line = step.request().get(0);
        String method = line.split("[/?]", 2)[0];
        RawRequest request = RawRequest.of(method, "/" + row.name() + line.substring(method.length()))
                .header("Step", Integer.toString(number));
        for (String part : step.request().subList(1, step.request().size())) {
            request = part.startsWith("body ")
                    ? request.body(part.substring(5))
                    : request.line(CacheOrigin.field(part, dated, ""));
        }
        return request;
    }
}
