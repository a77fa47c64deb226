package dev.lintel.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server that speaks bytes: records every request exactly as it came and answers as a {@link Script} says.
 *
 * <p>Requests are parsed strictly and by code of its own; what breaks RFC 9112 is a violation, and every method that
 * returns requests fails while there is one. Waits last 10 s at most and fail with what was received. All threads are
 * daemons and end with {@link #close}. Thread-safe.
 */
public final class ScriptedUpstream implements AutoCloseable {

    private final Changes changes = new Changes();
    private final List<ReceivedRequest> requests = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final UpstreamListener listener;
    private final AtomicLong written = new AtomicLong();
    private final BodyReading reading;
    private final @Nullable ReadGate gate;
    private volatile Script script;

    private ScriptedUpstream(Builder options, Script script) {
        this.reading = options.reading;
        this.gate = options.gate;
        this.script = script;
        this.listener =
                new UpstreamListener(this, changes, options.tls, options.clientCertificate, options.receiveBuffer);
    }

    /** Starts one that answers by that script, on a free port. */
    public static ScriptedUpstream start(Script script) {
        return builder().start(script);
    }

    /** Starts one that gives every request the same answer. */
    public static ScriptedUpstream answering(Answer answer) {
        return start(request -> answer);
    }

    /** Starts one that gives these answers in turn; the last one to all that follow. */
    public static ScriptedUpstream answeringInTurn(Answer... answers) {
        AtomicInteger next = new AtomicInteger();
        return start(request -> answers[Math.min(next.getAndIncrement(), answers.length - 1)]);
    }

    /** Options first, then {@link Builder#start}. */
    public static Builder builder() {
        return new Builder();
    }

    /** The port it listens on. */
    public int port() {
        return listener.port();
    }

    /** {@code http://127.0.0.1:port}, or https where it speaks TLS; without a slash at the end. */
    public String url() {
        return (listener.tls() ? "https" : "http") + "://127.0.0.1:" + port();
    }

    /** Answers by that script from now on. */
    public void answerWith(Script next) {
        script = next;
    }

    /** All requests whose head has arrived, in the order of their heads. */
    public List<ReceivedRequest> requests() {
        List<ReceivedRequest> copy = new ArrayList<>();
        changes.make(() -> copy.addAll(requests));
        assertNoViolation();
        return copy;
    }

    /** Forgets all requests and violations so far, for a test of many parts. */
    public void forget() {
        changes.make(() -> {
            requests.clear();
            violations.clear();
        });
    }

    /** Waits until so many requests have ended (whole, cut short or not to be read), and returns all there are. */
    public List<ReceivedRequest> awaitRequests(int count) {
        changes.await(
                count + " requests",
                Patience.DEFAULT,
                () -> requests.stream().filter(ReceivedRequest::ended).count() >= count,
                this::state);
        return requests();
    }

    /** Waits until the heads of so many requests have arrived, and returns all there are. */
    public List<ReceivedRequest> awaitHeads(int count) {
        changes.await(count + " heads", Patience.DEFAULT, () -> requests.size() >= count, this::state);
        return requests();
    }

    /** Waits until the heads of so many requests for that path have arrived, and returns all requests there are. */
    public List<ReceivedRequest> awaitHeads(int count, String path) {
        changes.await(
                count + " requests for " + path,
                Patience.DEFAULT,
                () -> requests.stream()
                                .filter(request -> request.path().equals(path))
                                .count()
                        >= count,
                this::state);
        return requests();
    }

    /** Waits for the first request, whole, and returns it. */
    public ReceivedRequest awaitRequest() {
        return awaitRequests(1).get(0);
    }

    /** Waits until a peer has left before its request was answered, and returns that request. */
    public ReceivedRequest awaitAborted() {
        changes.await("abort by the peer", Patience.DEFAULT, () -> firstAborted() != null, this::state);
        ReceivedRequest aborted = firstAborted();
        if (aborted == null) {
            throw new IllegalStateException("aborted: null (expected: never reset)");
        }
        return aborted;
    }

    private @Nullable ReceivedRequest firstAborted() {
        return requests.stream()
                .filter(request -> request.aborted() != null)
                .findFirst()
                .orElse(null);
    }

    /** How many connections have been accepted. */
    public int connectionsAccepted() {
        return listener.accepted();
    }

    /** How many connections are open. */
    public int connectionsOpen() {
        return listener.open();
    }

    /** Waits until so many connections are open; 0 waits until all have been closed. */
    public void awaitConnectionsOpen(int count) {
        changes.await(count + " open connections", Patience.DEFAULT, () -> listener.open() == count, this::state);
    }

    /** How many bytes of answers the operating system has taken, over all connections. */
    public long bytesWritten() {
        return written.get();
    }

    /** What was received that breaks HTTP/1.1, and what the script threw. */
    public List<String> violations() {
        List<String> copy = new ArrayList<>();
        changes.make(() -> copy.addAll(violations));
        return copy;
    }

    /** Stops listening, so that connections are refused, and closes those there are. */
    public void refuseConnections() {
        listener.stopListening();
    }

    /** Listens again, on the same port. */
    public void acceptConnections() {
        listener.listen();
    }

    /** Closes everything; all threads have ended when it returns. */
    @Override
    public void close() {
        listener.close();
    }

    private void assertNoViolation() {
        List<String> found = violations();
        if (!found.isEmpty()) {
            throw new AssertionError("violations: " + found + " (expected: none)");
        }
    }

    private String state() {
        return "received so far: " + requests + ", violations: " + violations + ", connections: " + listener.accepted()
                + " accepted, " + listener.open() + " open";
    }

    Changes changes() {
        return changes;
    }

    BodyReading reading() {
        return reading;
    }

    long mayRead(long wanted) {
        return gate == null ? wanted : gate.take(wanted);
    }

    /** Takes back what was allowed and was not there to be read. */
    void notRead(long bytes) {
        if (gate != null && bytes > 0) {
            gate.permit(bytes);
        }
    }

    void received(ReceivedRequest request) {
        changes.make(() -> requests.add(request));
    }

    void violated(String what) {
        changes.make(() -> violations.add(what));
    }

    void wrote(int bytes) {
        written.addAndGet(bytes);
    }

    void ended(UpstreamConnection connection) {
        listener.ended(connection);
    }

    Answer answer(ReceivedRequest request) throws InterruptedException {
        try {
            return script.answer(request);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | AssertionError e) {
            violated("script: " + e + " for " + request);
            return Answer.close();
        }
    }

    /** Options of a {@link ScriptedUpstream}. */
    public static final class Builder {

        private @Nullable SSLContext tls;
        private boolean clientCertificate;
        private BodyReading reading = BodyReading.BEFORE_ANSWER;
        private @Nullable ReadGate gate;
        private int receiveBuffer;

        private Builder() {}

        /** Speaks TLS. */
        public Builder tls(SSLContext context) {
            this.tls = context;
            return this;
        }

        /** Refuses handshakes without a certificate that the context trusts. */
        public Builder requireClientCertificate() {
            this.clientCertificate = true;
            return this;
        }

        /** When bodies are read; before the answer unless told otherwise. */
        public Builder reading(BodyReading when) {
            this.reading = when;
            return this;
        }

        /** Reads bodies as slowly as the gate lets it, and keeps little in the operating system's buffer. */
        public Builder readGate(ReadGate readGate) {
            this.gate = readGate;
            this.receiveBuffer = 16 * 1024;
            return this;
        }

        /** Starts it on a free port. */
        public ScriptedUpstream start(Script script) {
            return new ScriptedUpstream(this, script);
        }
    }
}
