package dev.lintel.conformance;

import dev.lintel.Gateway;
import dev.lintel.testing.Answer;
import dev.lintel.testing.BodyReading;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ReceivedRequest;
import dev.lintel.testing.ScriptedUpstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The gateway running in one form, with the upstream and the application behind it. Not thread-safe: one row at a time. */
final class Deployment implements AutoCloseable {

    private final Form form;
    private final ScriptedUpstream upstream;
    private final ScriptedUpstream hasty;
    private final RecordingApplication application = new RecordingApplication();
    private final AccessLines log;
    private final Runner.Running running;
    private volatile @Nullable Reply reply;

    private Deployment(Form form, Runner runner, Path directory) {
        this.form = form;
        Path file = directory.resolve(form.name() + ".log");
        this.upstream = ScriptedUpstream.start(this::answer);
        this.hasty =
                ScriptedUpstream.builder().reading(BodyReading.AFTER_ANSWER).start(this::answer);
        Gateway gateway = GatewayUnderTest.build(form.inFrontOfApplication(), upstream.url(), hasty.url(), file);
        this.log = new AccessLines(file);
        this.running = runner.run(form, gateway, application);
    }

    /** Starts it, and waits for its first answer: what is loaded for that takes long on a busy machine. */
    static Deployment start(Form form, Runner runner, Path directory) {
        Deployment started = new Deployment(form, runner, directory);
        try (RawClient client = RawClient.connect(started.port()).within(Duration.ofMinutes(1))) {
            client.send(RawRequest.get("/public/first").close()).readResponse();
        }
        return started;
    }

    private Answer answer(ReceivedRequest request) {
        Reply scripted = reply;
        if (scripted != null && !Conversation.isCompanion(request.method() + " " + request.target())) {
            return scripted.answer();
        }
        Answer fault = UpstreamFaults.of(request.path());
        if (fault != null) {
            return fault;
        }
        return Answer.ok(
                GatewayUnderTest.answerBody(request.method() + " " + request.target()),
                GatewayUnderTest.answerHeaders(Seen.of(request)));
    }

    Form form() {
        return form;
    }

    int port() {
        return running.port();
    }

    AccessLines log() {
        return log;
    }

    /** Everything that came through since {@link #forget}; what an upstream could not parse is a violation. */
    List<Seen> seen() {
        List<Seen> all = new ArrayList<>(application.seen());
        for (ScriptedUpstream each : List.of(upstream, hasty)) {
            each.requests().forEach(request -> all.add(Seen.of(request.awaitEnd())));
        }
        return all;
    }

    /** What an upstream could not parse as a request, and requests for another host than itself. */
    List<String> violations() {
        List<String> violations = new ArrayList<>();
        for (ScriptedUpstream each : List.of(upstream, hasty)) {
            violations.addAll(each.violations());
            if (violations.isEmpty()) {
                each.requests().stream()
                        .filter(request -> !request.headers("Host").equals(List.of("127.0.0.1:" + each.port())))
                        .forEach(request -> violations.add("Host of " + request));
            }
        }
        return violations;
    }

    /** Waits until an upstream has seen a request. */
    void awaitSeen() {
        upstream.awaitHeads(1);
    }

    /** Waits until a request to an upstream has been given up. */
    void awaitDropped() {
        upstream.awaitAborted();
    }

    /** Makes ready for a row. */
    void prepare(Row row) {
        forget();
        reply = row.reply();
    }

    /** Goes back to what upstreams usually answer. */
    void finish() {
        reply = null;
    }

    private void forget() {
        application.forget();
        upstream.forget();
        hasty.forget();
    }

    @Override
    public void close() {
        running.close();
        upstream.close();
        hasty.close();
    }
}
