package dev.lintel.testing;

import static dev.lintel.testing.ContractApp.CONTEXT;
import static dev.lintel.testing.ContractApp.OWN_STATUS;
import static dev.lintel.testing.ContractChecks.assertCalls;
import static dev.lintel.testing.ContractChecks.assertFailsNaming;
import static dev.lintel.testing.ContractChecks.assertSameHeaders;
import static dev.lintel.testing.ContractChecks.assertWhole;
import static dev.lintel.testing.ContractChecks.lower;
import static dev.lintel.testing.ContractChecks.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.Assumptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every filter keeps to, whatever the application behind it does, in Jetty and in Tomcat and without any other part of
 * Lintel. A subclass says how its filter is made and which requests it lets through and refuses:
 *
 * <pre>{@code
 * class ApiKeyContractTest extends FilterContract {
 *     @Override protected Filter filter() {                       // anew for every application
 *         return ApiKeyAuthFilter.builder().key("demo", SHA_256).build();
 *     }
 *     @Override protected Class<? extends Filter> type() { return ApiKeyAuthFilter.class; }
 *     @Override protected Map<String, String> initParams() {      // the same options, for web.xml
 *         return Map.of("keys", "demo=" + SHA_256);
 *     }
 *     @Override protected RawRequest passing(String path) {
 *         return RawRequest.get(path).header("X-API-Key", "demo-key");
 *     }
 *     @Override protected RawRequest refused(String path) { return RawRequest.get(path); }
 *     @Override protected int refusedStatus() { return 401; }
 *     @Override protected Map<String, String> addedHeaders() { return Map.of("X-Consumer-ID", "demo"); }
 *     @Override protected List<String> hiddenHeaders() { return List.of("X-API-Key"); }
 * }
 * }</pre>
 *
 * <p>A filter that refuses nothing leaves {@link #refused} alone. One that refuses only after other requests (a limit) sends
 * those in {@link #beforeRefused}. {@link #verifyActed} is for filters whose acting can be counted from outside.
 */
public abstract class FilterContract {

    private static final DispatcherType[] ALL_BUT_REQUEST = {
        DispatcherType.ASYNC, DispatcherType.FORWARD, DispatcherType.INCLUDE, DispatcherType.ERROR
    };

    /** A filter built in code, a new one at every call. */
    protected abstract Filter filter();

    /** The class, for {@code web.xml}. */
    protected abstract Class<? extends Filter> type();

    /** The init-params that make a filter of that class do the same. */
    protected abstract Map<String, String> initParams();

    /** Context-params of the application; none unless overridden. */
    protected Map<String, String> contextParams() {
        return Map.of();
    }

    /** A request to that path that the filter lets through, any number of times up to ten. */
    protected abstract RawRequest passing(String path);

    /** A request to that path that the filter refuses; null for a filter that refuses nothing. */
    protected @Nullable RawRequest refused(String path) {
        return null;
    }

    /** The status of the refusal. */
    protected int refusedStatus() {
        return 403;
    }

    /** Sends what must come before so that {@link #refused} is refused; nothing unless overridden. */
    protected void beforeRefused(int port) {}

    /** Request header fields that the application sees with exactly one line of that value, because of the filter. */
    protected Map<String, String> addedHeaders() {
        return Map.of();
    }

    /** Request header fields that {@link #passing} sends and the application must not see. */
    protected List<String> hiddenHeaders() {
        return List.of();
    }

    /**
     * Fails unless the filter acted that many times in the application just tested; called while it runs, again and again
     * until it passes, and once more when it has ended.
     */
    protected void verifyActed(int times) {}

    @ParameterizedTest
    @EnumSource(Container.class)
    final void letsSynchronousRequestsThroughOnceEach(Container container) {
        try (ContractApp app = everywhere(container)) {
            try (RawClient client = RawClient.connect(app.port())) {
                for (int i = 0; i < 2; i++) {
                    RawResponse response = client.send(passing("/app/sync")).readResponse();
                    assertWhole(response, 200, "sync");
                    assertThat(response.header("X-Servlet")).isEqualTo("sync");
                }
            }
            assertCalls(app, "sync REQUEST", "sync REQUEST");
            awaitActed(2);
        }
        verifyActed(2);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    final void showsTheApplicationItsHeaders(Container container) {
        try (ContractApp app = everywhere(container)) {
            call(app, "sync");
            Map<String, List<String>> seen = app.calls().get(0).headers();
            addedHeaders()
                    .forEach((name, value) ->
                            assertThat(seen.get(lower(name))).as(name).containsExactly(value));
            assertThat(seen)
                    .doesNotContainKeys(
                            hiddenHeaders().stream().map(ContractChecks::lower).toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    final void letsAsynchronousRequestsComplete(Container container) {
        try (ContractApp app = everywhere(container)) {
            assertWhole(call(app, "async"), 200, "async");
            assertWhole(call(app, "async-bare"), 200, "async");
            assertCalls(app, "async REQUEST", "async-bare REQUEST");
            awaitActed(2);
        }
        verifyActed(2);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    final void leavesTimeoutsToTheApplicationAndTheContainer(Container container) {
        try (ContractApp app = everywhere(container)) {
            assertWhole(call(app, "timeout"), OWN_STATUS, "too late");
            assertWhole(call(app, "timeout-unheard"), 500, "error page");
            assertCalls(app, "timeout REQUEST", "timeout-unheard REQUEST", "error ERROR");
            awaitActed(2);
        }
        verifyActed(2);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    final void leavesErrorsOfAsynchronousRequestsToTheContainer(Container container) {
        try (ContractApp app = everywhere(container)) {
            assertWhole(call(app, "throws-async"), 500, "error page");
            assertWhole(call(app, "dispatch-throws"), 500, "error page");
            assertCalls(
                    app,
                    "throws-async REQUEST",
                    "error ERROR",
                    "dispatch-throws REQUEST",
                    "throws ASYNC",
                    "error ERROR");
            awaitActed(2);
        }
        verifyActed(2);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    final void actsOnceOnADispatchedRequest(Container container) {
        try (ContractApp app = everywhere(container)) {
            assertWhole(call(app, "dispatch"), 200, "sync");
            assertCalls(app, "dispatch REQUEST", "sync ASYNC");
            assertSameHeaders(app.calls());
            awaitActed(1);
        }
        verifyActed(1);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    final void showsTheSameHeadersWhereARequestIsForwardedOrIncluded(Container container) {
        try (ContractApp app = everywhere(container)) {
            assertWhole(call(app, "forward"), 200, "sync");
            assertSameHeaders(app.calls());
            assertWhole(call(app, "include"), 200, "sync");
            assertCalls(app, "forward REQUEST", "sync FORWARD", "include REQUEST", "sync INCLUDE");
            assertSameHeaders(app.calls().subList(2, 4));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    final void lastsThroughTheErrorPage(Container container) {
        try (ContractApp app = everywhere(container)) {
            assertWhole(call(app, "send-error"), OWN_STATUS, "error page");
            assertCalls(app, "send-error REQUEST", "error ERROR");
            assertSameHeaders(app.calls());
            awaitActed(1);
        }
        verifyActed(1);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    final void keepsAnErrorPageThatItAloneSees(Container container) {
        FilterSetup onErrors = FilterSetup.of("tested", filter()).dispatchers(DispatcherType.ERROR);
        try (ContractApp app = app(container).filter(onErrors).start()) {
            assertWhole(call(app, "send-error"), OWN_STATUS, "error page");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    final void passesExceptionsOnToTheContainer(Container container) {
        try (ContractApp app = everywhere(container)) {
            assertWhole(call(app, "throws"), 500, "error page");
            assertWhole(call(app, "throws-checked"), 500, "error page");
            assertThat(app.thrown()).extracting(Throwable::getMessage).containsExactly("planned", "planned");
            awaitActed(2);
        }
        verifyActed(2);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    final void leavesCommittedResponsesAlone(Container container) {
        try (ContractApp app = everywhere(container)) {
            assertWhole(call(app, "committed"), 200, "first second");
            RawResponse cut = call(app, "committed-throws");
            assertThat(cut.status()).isEqualTo(200);
            assertThat(cut.complete()).as("complete").isFalse();
            awaitActed(2);
        }
        verifyActed(2);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    final void keepsItsResponseHeadersThroughAReset(Container container) {
        try (ContractApp app = everywhere(container)) {
            List<String> plain = new ArrayList<>(names(call(app, "sync")));
            RawResponse response = call(app, "reset");
            assertWhole(response, 200, "reset");
            // what a reset takes back is the application's own
            plain.remove("x-servlet");
            assertThat(names(response)).containsAll(plain).doesNotContain("x-taken-back");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    final void worksBetweenWrappersOfSomebodyElse(Container container) {
        try (ContractApp app = app(container)
                .filter(everyDispatch(FilterSetup.of("outside", new PlainWrapping())))
                .filter(everyDispatch(FilterSetup.of("tested", filter())))
                .filter(everyDispatch(FilterSetup.of("inside", new PlainWrapping())))
                .start()) {
            assertWhole(call(app, "async"), 200, "async");
            assertWhole(call(app, "dispatch"), 200, "sync");
            assertWhole(call(app, "forward"), 200, "sync");
            assertSameHeaders(app.calls().subList(1, 3));
            assertSameHeaders(app.calls().subList(3, 5));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    final void needsNoAsyncSupportForSynchronousRequests(Container container) {
        FilterSetup setup = FilterSetup.of("tested", filter()).withoutAsync();
        try (ContractApp app = app(container).filter(setup).start()) {
            assertWhole(call(app, "sync"), 200, "sync");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    final void answersRefusedRequestsCompletelyAndCallsNothing(Container container) {
        RawRequest request = refused("/app/sync");
        Assumptions.assumeThat(request != null).as("refuses something").isTrue();
        try (ContractApp app = everywhere(container);
                RawClient client = RawClient.connect(app.port())) {
            beforeRefused(app.port());
            int before = app.calls().size();
            assertRefusal(client.send(Objects.requireNonNull(request)).readResponse());
            assertThat(app.calls()).as("calls behind the filter").hasSize(before);
            assertThat(app.thrown()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    final void worksAloneByItsWebXml(Container container) {
        try (ContractApp app = ContractApp.on(container, ContractApp.filterElements(type(), initParams()))
                .contextParams(contextParams())
                .start()) {
            assertWhole(call(app, "sync"), 200, "sync");
            assertWhole(call(app, "async"), 200, "async");
            addedHeaders()
                    .forEach((name, value) -> assertThat(
                                    app.calls().get(0).headers().get(lower(name)))
                            .as(name)
                            .containsExactly(value));
            RawRequest request = refused("/app/sync");
            if (request != null) {
                beforeRefused(app.port());
                assertRefusal(RawClient.exchange(app.port(), request));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    final void failsToStartWithAnUnknownOption(Container container) {
        FilterSetup mistyped = FilterSetup.of("tested", type()).param("noSuchOption", "value-not-shown");
        initParams().forEach(mistyped::param);
        assertFailsNaming("noSuchOption", app(container).filter(mistyped));
        // options in code and in init-params together would leave open which hold
        assertFailsNaming(
                "noSuchOption",
                app(container).filter(FilterSetup.of("tested", filter()).param("noSuchOption", "value-not-shown")));
    }

    private ContractApp app(Container container) {
        return ContractApp.on(container).contextParams(contextParams());
    }

    private ContractApp everywhere(Container container) {
        return app(container)
                .filter(everyDispatch(FilterSetup.of("tested", filter())))
                .start();
    }

    private static FilterSetup everyDispatch(FilterSetup setup) {
        return setup.dispatchers(DispatcherType.REQUEST, ALL_BUT_REQUEST);
    }

    private RawResponse call(ContractApp app, String servlet) {
        return RawClient.exchange(app.port(), passing(CONTEXT + "/" + servlet));
    }

    private void awaitActed(int times) {
        await().untilAsserted(() -> verifyActed(times));
    }

    private void assertRefusal(RawResponse response) {
        assertThat(response.status()).isEqualTo(refusedStatus());
        assertThat(response.complete()).as("complete").isTrue();
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.bodyText()).startsWith("{").contains("\"status\":" + refusedStatus());
    }
}
