package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.GatewayBuilder;
import dev.lintel.HeaderField;
import dev.lintel.Route;
import dev.lintel.RouteBuilder;
import dev.lintel.Time;
import dev.lintel.explain.Ending;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.Field;
import dev.lintel.explain.RequestDescription;
import dev.lintel.explain.Step;
import dev.lintel.filter.Rehearsal;
import dev.lintel.testing.Answer;
import dev.lintel.testing.MutableClock;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ReceivedRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.Filter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is foretold of a request is what happens to it: asked first, then sent, over real sockets and for many requests. */
class ForetoldTest {

    private static final int REQUESTS = Integer.getInteger("dev.lintel.foretold", 150);

    static final List<String> FILTERS = ForetoldFilters.NAMES;

    @TempDir
    private Path directory;

    private final MutableClock clock = MutableClock.create();

    @ParameterizedTest
    @FieldSource("FILTERS")
    void isWhatHappens(String filter) {
        RandomRequests requests = new RandomRequests(filter.hashCode(), ForetoldFilters.tokens(clock));
        List<String> wrong = new ArrayList<>();
        int[] kinds = new int[2];
        for (boolean trusted : new boolean[] {false, true}) {
            try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("up", "X-Upstream: yes"));
                    GatewayServer server = GatewayServer.start(gateway(upstream, filter, trusted), 0)) {
                for (int i = 0; i < REQUESTS; i++) {
                    RequestDescription request = requests.next();
                    upstream.forget();
                    Explanation foretold = server.explain(request);
                    // asked again it says the same, for nothing has happened
                    assertThat(server.explain(request)).isEqualTo(foretold);
                    RawResponse response = RawClient.exchange(server.port(), RandomRequests.raw(request));
                    List<String> differences = differences(foretold, response, upstream.requests());
                    if (!differences.isEmpty()) {
                        wrong.add(request.headers() + "\n" + foretold + differences + "\n" + response);
                    }
                    kinds[foretold.ending() instanceof Ending.ToUpstream ? 0 : 1]++;
                    clock.advance(Duration.ofSeconds(requests.number(5)));
                }
            }
        }
        assertThat(wrong).as(() -> wrong.size() + " of " + 2 * REQUESTS).isEmpty();
        assertThat(kinds[0]).as("requests that go to an upstream").isPositive();
        assertThat(kinds[1]).as("requests that are answered").isPositive();
    }

    private Gateway gateway(ScriptedUpstream upstream, String filter, boolean trusted) {
        GatewayBuilder gateway = Gateway.builder()
                .time(new Time(clock, clock.monotonic()))
                .upstream(Upstream.named("up").target(upstream.url()))
                .upstream(
                        Upstream.named("based").target(upstream.url() + "/base").preserveHost());
        if (trusted) {
            gateway.trustedProxies("127.0.0.1", "203.0.113.0/24");
        }
        List<Filter> filters = ForetoldFilters.of(filter, directory);
        if (trusted) {
            filters.forEach(gateway::filter);
        }
        for (RouteBuilder route : routes()) {
            if (!trusted) {
                filters.forEach(route::filter);
            }
            gateway.route(route);
        }
        return gateway.build();
    }

    private static List<RouteBuilder> routes() {
        return List.of(
                Route.named("items").path("/items/{id}").methods("GET", "POST").to("up"),
                Route.named("item-2").path("/items/2").to("based"),
                Route.named("api").path("/api/**").stripPrefix("/api").to("based"),
                Route.named("files")
                        .path("/files/**")
                        .allowEncodedSlashes()
                        .rewritePath("/store/**")
                        .to("up"),
                Route.named("fixed").path("/fixed").answer(203, "text/plain", "fixed"),
                Route.named("old").path("/old/**").redirect(308, "/new/**"),
                Route.named("small").path("/small").maxRequestBody(3).to("up"),
                Route.named("versioned").path("/versioned/{n}").to("up"),
                Route.named("version-2")
                        .path("/versioned/{n}")
                        .header("X-Version", "2")
                        .setPath("/two")
                        .to("up"),
                Route.named("by-query")
                        .path("/versioned/{n}")
                        .query("v", "2")
                        .priority(1)
                        .to("based"),
                Route.named("by-cookie")
                        .path("/versioned/{n}")
                        .cookie("kind", "b")
                        .priority(2)
                        .to("up"),
                Route.named("near")
                        .path("/versioned/{n}")
                        .clientAddress("127.0.0.1")
                        .priority(-1)
                        .to("up"),
                Route.named("office").host("office.example.com").path("/office").to("up"),
                Route.named("wild")
                        .host("*.wild.example.org")
                        .path("/**")
                        .methods("GET")
                        .to("up"));
    }

    private static List<String> differences(
            Explanation foretold, RawResponse response, List<ReceivedRequest> received) {
        List<String> found = new ArrayList<>();
        if (!foretold.isCertain()) {
            found.add("not certain");
        }
        if (foretold.ending() instanceof Ending.ToUpstream upstream) {
            if (received.size() != 1 || response.status() != 200) {
                found.add("status " + response.status() + ", received " + received);
                return found;
            }
            ReceivedRequest got = received.get(0);
            compare(
                    "request line",
                    upstream.method() + " " + upstream.target(),
                    got.method() + " " + got.target(),
                    found);
            Map<String, List<String>> wanted = byName(upstream.fields());
            Map<String, List<String>> sent =
                    byName(got.headerLines().stream().map(ForetoldTest::field).toList());
            compare("names", wanted.keySet().toString(), sent.keySet().toString(), found);
            wanted.forEach((name, values) -> compare(name, values.toString(), String.valueOf(sent.get(name)), found));
            for (Step step : foretold.steps()) {
                for (Step.Change change : step.changes()) {
                    if (change.kind() == Step.Change.Kind.ANSWERS_WITH) {
                        Field field = change.field();
                        compare(field.name(), field.value(), String.join(", ", response.headers(field.name())), found);
                    }
                }
            }
        } else if (foretold.ending() instanceof Ending.Answered answered) {
            if (!received.isEmpty() || response.status() != answered.status()) {
                found.add("status " + response.status() + ", received " + received);
                return found;
            }
            byName(answered.fields()).forEach((name, values) -> {
                if (!List.of("connection", "content-type", "content-length").contains(name)) {
                    compare(name, values.toString(), response.headers(name).toString(), found);
                }
            });
        } else {
            found.add("ending " + foretold.ending());
        }
        return found;
    }

    private static void compare(String what, String foretold, String real, List<String> differences) {
        String pattern = Pattern.quote(foretold)
                .replace(Rehearsal.REQUEST_ID, "\\E[0-9a-f-]+\\Q")
                .replace(Rehearsal.COUNTED, "\\E.+\\Q");
        if (!Pattern.matches(pattern, real)) {
            differences.add(what + ": foretold " + foretold + ", but was " + real);
        }
    }

    private static Map<String, List<String>> byName(List<Field> fields) {
        Map<String, List<String>> all = new TreeMap<>();
        for (Field field : fields) {
            all.computeIfAbsent(field.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(field.value());
        }
        return all;
    }

    private static Field field(String line) {
        int colon = line.indexOf(':');
        HeaderField field = new HeaderField(
                line.substring(0, colon), line.substring(colon + 1).strip());
        return new Field(field.name(), field.value(), field.value());
    }
}
