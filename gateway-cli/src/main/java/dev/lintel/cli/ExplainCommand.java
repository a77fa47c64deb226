package dev.lintel.cli;

import dev.lintel.config.LoadedGateway;
import dev.lintel.config.report.Position;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.Places;
import dev.lintel.explain.RequestDescription;
import dev.lintel.router.Explainer;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What would become of a request, and why. */
@Command(
        name = "explain",
        description = {
            "Tells what the gateway of FILE would do with a request: which route wins and why every other lost, what each filter",
            "decides, what the upstream would see. Nothing is started or sent. Of a running gateway, ask its admin port (/explain)."
        })
final class ExplainCommand implements Callable<Integer> {

    @Mixin
    private FileArgument file = new FileArgument();

    @Parameters(index = "1", paramLabel = "METHOD", description = "such as GET")
    private String method = "GET";

    @Parameters(index = "2", paramLabel = "URL", description = "http://host/path?query, or a path")
    private String url = "/";

    @Option(
            names = {"-H", "--header"},
            paramLabel = "FIELD",
            description = "a header field, 'Name: value'; may be repeated")
    private List<String> headers = List.of();

    @Option(names = "--from", paramLabel = "ADDRESS", description = "where it comes from; 127.0.0.1 by default")
    private String from = "127.0.0.1";

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        LoadedGateway loaded = file.usable(spec.commandLine().getErr());
        RequestDescription request = RequestDescription.of(method, url).from(from);
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon <= 0) {
                throw new IllegalArgumentException("--header: not shown (expected: Name: value)");
            }
            request = request.header(header.substring(0, colon), header.substring(colon + 1));
        }
        Explanation explanation = Explainer.of(loaded.gateway()).explain(request);
        Places places = element ->
                loaded.positions().nearest(element).map(Position::toString).orElse(null);
        out.print(json ? explanation.json(places) + "\n" : explanation.text(places));
        out.flush();
        return 0;
    }
}
