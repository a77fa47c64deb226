package dev.lintel.proxy;

import dev.lintel.Exchange;
import dev.lintel.proxy.Deadlines.Phase;
import dev.lintel.upstream.Target;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way to an upstream and back, with as many tries as are safe.
 *
 * <p>Whatever goes wrong, on whichever thread, only leaves its name and aborts the try that runs. What the client is told is
 * decided in one place, when the try has ended: then nobody else writes to the response any more.
 */
final class UpstreamCall {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamProxyServlet.class);

    /** The most targets that are asked for a connection, however many there are. */
    private static final int MOST_TRIES = 3;

    /** How long an upstream has for its 100; not all send one (RFC 9110 section 10.1.1). */
    private static final long CONTINUE_NANOS = 1_000_000_000L;

    private final Exchange exchange;
    private final HttpServletRequest request;
    private final ClientResponse client;
    private final UpstreamRequests requests;
    private final Deadlines deadlines;
    private final List<Target> tried = new ArrayList<>(1);
    private final AtomicReference<@Nullable CallFailure> failure = new AtomicReference<>();
    private @Nullable ClientBody body;
    private volatile @Nullable CallAttempt attempt;
    private volatile @Nullable ResponseRelay relay;
    private boolean retriedStale;
    private volatile boolean over;

    UpstreamCall(UpstreamRequests requests, Exchange exchange, HttpServletRequest request, ClientResponse client) {
        this.requests = requests;
        this.exchange = exchange;
        this.request = request;
        this.client = client;
        this.deadlines = requests.deadlines(this);
    }

    Exchange exchange() {
        return exchange;
    }

    HttpServletRequest request() {
        return request;
    }

    /** Sends the request; everything else follows on other threads. */
    void start() throws IOException {
        client.start();
        exchange.onComplete(ended -> exchangeOver());
        ClientBody mayBe = requests.body(this);
        body = mayBe;
        if (mayBe != null && requests.mustPeek()) {
            deadlines.enter(Phase.SENDING);
            mayBe.peek(() -> {
                body = mayBe.exists() ? mayBe : null;
                next(requests.pool().selector().choose());
            });
        } else {
            next(requests.pool().selector().choose());
        }
    }

    private void next(@Nullable Target target) {
        if (target == null) {
            failure.compareAndSet(null, CallFailure.NO_TARGET);
            conclude();
            return;
        }
        tried.add(target);
        CallAttempt next;
        synchronized (this) {
            if (failure.get() != null) {
                next = null;
            } else {
                next = requests.attempt(this, target, body);
                attempt = next;
            }
        }
        if (next == null) {
            conclude();
            return;
        }
        deadlines.enter(Phase.CONNECTING);
        requests.send(next, target);
    }

    /** Notes what went wrong, unless something did before, and ends what is going on. */
    void fail(CallFailure reason) {
        if (over || !failure.compareAndSet(null, reason)) {
            return;
        }
        CallAttempt running;
        synchronized (this) {
            running = attempt;
        }
        if (running != null) {
            running.abort(reason);
        } else {
            conclude();
        }
    }

    /** A piece of a body has passed, in either direction. */
    void progress() {
        deadlines.progress();
    }

    void connected() {
        deadlines.enter(Phase.SENDING);
    }

    void sent() {
        CallAttempt running = attempt;
        if (running != null && !running.wasAnswered()) {
            deadlines.enter(Phase.AWAITING_HEAD);
        }
    }

    void answered(Response response) {
        deadlines.enter(Phase.STREAMING);
        ClientBody sending = body;
        client.head(response, sending != null && !sending.isEnded());
    }

    void relay(Content.Source source) {
        try {
            ResponseRelay begun = client.relay(this, source);
            relay = begun;
            begun.run();
        } catch (IOException gone) {
            fail(CallFailure.CLIENT_GONE);
        }
    }

    /** The answer has been passed on whole, whether or not the upstream wanted all of the request. */
    void answerEnded(CallAttempt ended) {
        deadlines.stop();
        over = true;
        ended.record().ended(now(), null);
        ClientBody sending = body;
        if (sending != null && !sending.isEnded()) {
            ended.abort(CallFailure.BODY_BROKEN);
        }
        client.complete();
    }

    void attemptFailed(CallAttempt failed, Throwable thrown) {
        if (over) {
            return;
        }
        CallFailure own = failure.get();
        CallFailure reason = own != null
                ? own
                : failed.wasConnected()
                        ? FailureReason.onConnection(thrown, failed.wasAnswered())
                        : FailureReason.beforeConnection(thrown);
        failed.record().ended(now(), reason.reason());
        if (own == null || own == CallFailure.CONNECT_TIMEOUT) {
            Target target = another(failed, reason);
            if (target != null) {
                synchronized (this) {
                    failure.compareAndSet(CallFailure.CONNECT_TIMEOUT, null);
                    attempt = null;
                }
                next(target);
                return;
            }
        }
        failure.compareAndSet(null, reason);
        conclude();
    }

    /** Where the request may be sent once more; null if it may not. */
    private @Nullable Target another(CallAttempt failed, CallFailure reason) {
        if (!failed.wasConnected()) {
            boolean another = reason != CallFailure.BUSY && tried.size() < MOST_TRIES;
            return another ? requests.pool().selector().chooseOther(tried) : null;
        }
        if (retriedStale || body != null || !requests.isIdempotent() || !failed.metStaleConnection()) {
            return null;
        }
        retriedStale = true;
        Target other = requests.pool().selector().chooseOther(tried);
        return other == null ? failed.record().target() : other;
    }

    /**
     * A slow request is looked at: a body that waits for a 100 is let go, and once the body has been read the client is
     * watched.
     *
     * @return whether to look again
     */
    boolean look() {
        ClientBody sending = body;
        if (sending != null && !sending.isEnded()) {
            CallAttempt running = attempt;
            if (running != null && !sending.isTouched() && running.wasConnectedFor(CONTINUE_NANOS)) {
                running.proceed();
            }
            return true;
        }
        client.watch(() -> fail(CallFailure.CLIENT_GONE));
        return false;
    }

    /** What was waited for did not come in time. */
    void expired(@Nullable Phase phase) {
        fail(phase == null ? CallFailure.TOTAL_TIMEOUT : late(phase));
    }

    private CallFailure late(Phase phase) {
        return switch (phase) {
            case CONNECTING -> {
                CallAttempt running = attempt;
                boolean full =
                        running != null && requests.isPoolFull(running.record().target());
                yield full ? CallFailure.BUSY : CallFailure.CONNECT_TIMEOUT;
            }
            case AWAITING_HEAD -> CallFailure.FIRST_BYTE_TIMEOUT;
            case SENDING -> {
                ClientBody sending = body;
                yield sending != null && sending.isWaiting() ? CallFailure.BODY_STALLED : CallFailure.IDLE_TIMEOUT;
            }
            case STREAMING -> {
                ResponseRelay relaying = relay;
                boolean client = relaying != null && relaying.isAwaitingClient();
                yield client ? CallFailure.CLIENT_STALLED : CallFailure.IDLE_TIMEOUT;
            }
        };
    }

    /** The container has ended the request; if that was not our doing the client is gone. */
    private void exchangeOver() {
        fail(CallFailure.CLIENT_GONE);
    }

    private void conclude() {
        CallFailure reason = failure.get();
        deadlines.stop();
        over = true;
        CallFailure told = reason == null ? CallFailure.INTERNAL : reason;
        if (told.isClients()) {
            LOG.debug("request {}: {}", exchange.requestId(), told.rule());
        } else {
            LOG.warn(
                    "request {}: {} at upstream {} {}",
                    exchange.requestId(),
                    told.rule(),
                    requests.pool().upstream().name(),
                    tried);
        }
        // may have to wait for a client's window, which a thread that serves many connections must not
        requests.execute(() -> client.refuse(told));
    }

    private long now() {
        return exchange.settings().time().nanos().getAsLong();
    }
}
