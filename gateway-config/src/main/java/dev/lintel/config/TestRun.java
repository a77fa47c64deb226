package dev.lintel.config;

import dev.lintel.Gateway;
import dev.lintel.config.bind.RouteTest;
import dev.lintel.config.report.Findings;
import dev.lintel.explain.Ending;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.RequestDescription;
import dev.lintel.router.Explainer;
import java.util.List;
import java.util.Map;

/**
 * Holds what a file says should become of requests against what the gateway would do with them. Nothing is started or sent; an
 * expectation that is not met is an error where the test stands.
 */
final class TestRun {

    private final Explainer explainer;
    private final Findings findings;

    private TestRun(Explainer explainer, Findings findings) {
        this.explainer = explainer;
        this.findings = findings;
    }

    static void check(Gateway gateway, List<RouteTest> tests, Findings findings) {
        if (tests.isEmpty()) {
            return;
        }
        TestRun run = new TestRun(Explainer.of(gateway), findings);
        tests.forEach(run::check);
    }

    private void check(RouteTest test) {
        RequestDescription request = request(test);
        Explanation routed = explainer.explainRouting(request);
        if (test.route() != null) {
            String route = routed.route() == null ? RouteTest.NO_ROUTE : routed.route();
            require(test, "route", test.route(), route);
        }
        if (test.upstreamPath() != null) {
            String path = routed.ending() instanceof Ending.ToUpstream upstream
                    ? upstream.target()
                    : routed.ending().toString();
            require(test, "upstreamPath", test.upstreamPath(), path);
        }
        if (test.status() != null) {
            Explanation whole = explainer.explain(request);
            String seen = whole.ending() instanceof Ending.Answered answered
                    ? Integer.toString(answered.status())
                    : "answered by " + whole.ending();
            require(test, "status", test.status().toString(), seen);
        }
    }

    private void require(RouteTest test, String what, String expected, String seen) {
        if (!expected.equals(seen)) {
            findings.error(
                    "test-failed",
                    test.position(),
                    1,
                    "test " + test.name() + ": " + what + " " + seen,
                    expected,
                    null);
        }
    }

    private static RequestDescription request(RouteTest test) {
        RequestDescription request = RequestDescription.of(test.method(), test.target());
        for (Map.Entry<String, String> header : test.headers().entrySet()) {
            request = request.header(header.getKey(), header.getValue());
        }
        return test.clientAddress() == null ? request : request.from(test.clientAddress());
    }
}
