package dev.lintel.test;

import dev.lintel.testing.Answer;
import dev.lintel.testing.ScriptedUpstream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A service in place of an upstream's targets, on a socket of its own, that answers what it is told to. Thread-safe. */
public final class Stub {

    private final String name;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private volatile Function<StubRequest, Answer> otherwise = request -> Answer.ok("");
    private volatile @Nullable ScriptedUpstream server;

    private record Rule(String method, String path, Function<StubRequest, Answer> answer) {
        boolean fits(StubRequest request) {
            return request.method().equals(method) && request.path().equals(path);
        }
    }

    Stub(String name) {
        this.name = name;
    }

    /**
     * Answers every request for which there is nothing else; without it 200 and no body.
     *
     * @param status the status
     * @param body the body, as UTF-8
     * @param headerLines further header lines, such as {@code Content-Type: application/json}
     */
    public Stub respond(int status, String body, String... headerLines) {
        otherwise = request -> Answer.of(status, body, headerLines);
        return this;
    }

    /**
     * Answers requests of one method and path; the first that was given counts.
     *
     * @param method the method
     * @param path the raw path, as the stub sees it
     * @param status the status
     * @param body the body, as UTF-8
     * @param headerLines further header lines
     */
    public Stub respondTo(String method, String path, int status, String body, String... headerLines) {
        rules.add(new Rule(method, path, request -> Answer.of(status, body, headerLines)));
        return this;
    }

    /** Breaks the connection instead of answering. */
    public Stub breakOff() {
        otherwise = request -> Answer.close();
        return this;
    }

    /** The requests that have come since the test began, in order. */
    public List<StubRequest> requests() {
        List<StubRequest> all = new ArrayList<>();
        running().requests().forEach(received -> all.add(new StubRequest(received)));
        return all;
    }

    /**
     * The only request that has come.
     *
     * @throws AssertionError if there is none or more than one
     */
    public StubRequest request() {
        List<StubRequest> all = requests();
        if (all.size() != 1) {
            throw new AssertionError("requests at stub " + name + ": " + all + " (expected: one)");
        }
        return all.get(0);
    }

    void start() {
        server = ScriptedUpstream.start(received -> {
            StubRequest request = new StubRequest(received);
            for (Rule rule : rules) {
                if (rule.fits(request)) {
                    return rule.answer().apply(request);
                }
            }
            return otherwise.apply(request);
        });
    }

    void forget() {
        running().forget();
    }

    void stop() {
        ScriptedUpstream running = server;
        server = null;
        if (running != null) {
            running.close();
        }
    }

    String url() {
        return running().url();
    }

    private ScriptedUpstream running() {
        ScriptedUpstream running = server;
        if (running == null) {
            throw new IllegalStateException("stub " + name + ": not running (expected: during a test)");
        }
        return running;
    }

    @Override
    public String toString() {
        return "stub " + name;
    }
}
