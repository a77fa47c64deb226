package dev.lintel.proxy;

import dev.lintel.Exchange;
import dev.lintel.proxy.Deadlines.Phase;
import dev.lintel.tunnel.ConnectionPair;
import dev.lintel.upstream.Target;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
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

    /** How long an upstream has for its 100; not all send one (RFC 9110 section 10.1.1). */
    private static final long CONTINUE_NANOS = 1_000_000_000L;

    private final Exchange exchange;
    private final ClientResponse client;
    private final UpstreamRequests requests;
    private final TargetChoice targets;
    private final Deadlines deadlines;
    private final AtomicReference<@Nullable CallFailure> failure = new AtomicReference<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable ClientBody body;
    private volatile @Nullable CallAttempt attempt;
    private volatile @Nullable ResponseRelay relay;
    private volatile CompletableFuture<?> interim = CompletableFuture.completedFuture(null);

    UpstreamCall(UpstreamRequests requests, Exchange exchange, ClientResponse client) {
        this.requests = requests;
        this.exchange = exchange;
        this.client = client;
        this.targets = requests.targets();
        this.deadlines = requests.deadlines(this);
    }

    Exchange exchange() {
        return exchange;
    }

    /** Sends the request; everything else follows on other threads. */
    void start() throws IOException {
        client.start(this::connectionFailed);
        exchange.onComplete(ended -> leave());
        ClientBody mayBe = requests.body(this);
        body = mayBe;
        if (mayBe == null || !requests.mustPeek()) {
            if (mayBe != null && !requests.expectsContinue()) {
                mayBe.start();
            }
            send(targets.first());
            return;
        }
        deadlines.enter(Phase.SENDING);
        mayBe.peek(() -> {
            body = mayBe.exists() ? mayBe : null;
            send(targets.first());
        });
    }

    /** Whatever became of it, nothing goes on and nothing is held after the exchange. */
    private void leave() {
        fail(CallFailure.CLIENT_GONE);
        ClientBody unsent = body;
        if (unsent != null) {
            unsent.release();
        }
    }

    private void send(@Nullable Target target) {
        CallAttempt next = null;
        try {
            synchronized (this) {
                if (failure.get() == null && !over.get() && target != null) {
                    next = requests.attempt(this, target, body);
                    attempt = next;
                }
            }
        } catch (RuntimeException wrong) {
            failed(wrong);
            return;
        }
        if (next != null) {
            deadlines.enter(Phase.CONNECTING);
            requests.send(next);
        } else {
            conclude(CallFailure.NO_TARGET);
        }
    }

    /** Notes what went wrong, unless something did before, and ends what is going on. */
    void fail(CallFailure reason) {
        if (over.get() || !failure.compareAndSet(null, reason)) {
            return;
        }
        CallAttempt running;
        synchronized (this) {
            running = attempt;
        }
        if (running != null) {
            running.abort(reason);
        } else {
            conclude(reason);
        }
    }

    /**
     * The client's body cannot be read on. Before the answer has begun that is the end. After it, the answer is passed on
     * all the same where that is possible, and the body remains without an end, so that no upstream can take it for whole.
     *
     * @return whether it is the end
     */
    boolean bodyFailed(CallFailure reason) {
        CallAttempt running = attempt;
        if (running != null && running.wasAnswered() && client.outlivesBody()) {
            return false;
        }
        fail(reason);
        return true;
    }

    /** Notes a defect of the gateway. */
    void failed(RuntimeException defect) {
        LOG.error("request {} failed", exchange.requestId(), defect);
        fail(CallFailure.INTERNAL);
    }

    /** A piece of a body has passed, in either direction. */
    void progress() {
        deadlines.progress();
    }

    void connected() {
        deadlines.enter(Phase.SENDING);
    }

    void sent() {
        deadlines.enter(Phase.AWAITING_HEAD);
    }

    void answered(CallAttempt by, Response response) {
        if (over.get()) {
            return;
        }
        deadlines.enter(Phase.STREAMING);
        client.head(response, requests.inside(by), isBodyOpen());
        if (response.getStatus() == 205 && response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) != 0) {
            // the client has it whole; what the upstream sends with it is not waited for
            answerEnded(by);
            by.abort(CallFailure.MALFORMED);
        }
    }

    /** The upstream has said something before its answer. */
    void interim(int status, HttpFields fields) {
        interim = client.interim(status, fields);
    }

    /** Passes the body on, and the head before it, once what was said before is out. */
    void relay(Response answer, Content.Source source) {
        CompletableFuture<?> before = interim;
        if (before.isDone()) {
            begin(answer, source);
        } else {
            var unused = before.whenComplete((sent, failed) -> begin(answer, source));
        }
    }

    private void begin(Response answer, Content.Source source) {
        if (over.get()) {
            return;
        }
        try {
            long length = answer.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
            ResponseRelay begun = client.relay(this, source, length, requests.isNear(attempt));
            relay = begun;
            // whoever ended it meanwhile has not seen the relay
            if (begun != null && !over.get()) {
                begun.run();
            }
        } catch (IOException gone) {
            fail(CallFailure.CLIENT_GONE);
        }
    }

    /** The answer has been passed on whole, whether or not the upstream wanted all of the request. */
    void answerEnded(CallAttempt ended) {
        if (over.compareAndSet(false, true)) {
            deadlines.stop();
            ended.record().ended(now(), null);
            boolean early = isBodyOpen();
            if (early) {
                ended.abort(CallFailure.BODY_BROKEN);
            }
            ClientBody sending = body;
            if (sending == null) {
                client.complete();
            } else {
                sending.stop(() -> complete(early), requests::execute);
            }
        }
    }

    private void complete(boolean early) {
        client.complete();
        if (early) {
            requests.seeToTheEnd();
            requests.later(client::letGo);
        }
    }

    /** Whether an upstream may change the protocol by this answer. */
    boolean mayChangeProtocol(Response answer) {
        return requests.isAccepted(answer);
    }

    /** The upstream's connection is one of the other protocol now. */
    void protocolChanged(CallAttempt ended, Response answer, EndPoint upstream) {
        if (!over.compareAndSet(false, true)) {
            upstream.close();
            return;
        }
        deadlines.stop();
        ended.record().ended(now(), null);
        try {
            client.announce(answer);
            ConnectionPair pair = requests.pair(client.endPoint(), upstream);
            pair.openUpstream();
            client.changeProtocol(pair);
        } catch (RuntimeException wrong) {
            LOG.error("request {} failed", exchange.requestId(), wrong);
            upstream.close();
            requests.execute(() -> client.refuse(CallFailure.INTERNAL));
        }
    }

    void attemptFailed(CallAttempt ended, Throwable thrown) {
        if (over.get()) {
            return;
        }
        CallFailure own = failure.get();
        CallFailure reason = own != null ? own : FailureReason.of(ended, thrown);
        ended.record().ended(now(), reason.reason());
        boolean mayGoOn = own == null || own == CallFailure.CONNECT_TIMEOUT;
        Target target = mayGoOn ? targets.next(ended, reason, body != null) : null;
        if (target == null) {
            conclude(reason);
            return;
        }
        synchronized (this) {
            failure.compareAndSet(CallFailure.CONNECT_TIMEOUT, null);
            attempt = null;
        }
        if (exchange.isComplete()) {
            // the client has gone while a connection was waited for, which was known as another failure
            conclude(CallFailure.CLIENT_GONE);
            return;
        }
        send(target);
    }

    /**
     * A slow request is looked at: one whose body trickles is ended, a body that waits for a 100 is let go, and once the body
     * has been read the client is watched.
     *
     * @return whether to look again
     */
    boolean look() {
        ClientBody sending = body;
        CallAttempt running = attempt;
        // an upstream that has begun to answer does not wait for the rest: the two talk
        boolean talking = running != null && running.wasAnswered();
        if (!talking && sending != null && sending.isTooSlow()) {
            fail(CallFailure.BODY_TOO_SLOW);
            return false;
        }
        if (isBodyOpen()) {
            if (running != null && running.wasConnectedFor(CONTINUE_NANOS)) {
                running.proceed();
            }
            return true;
        }
        client.watch(() -> requests.execute(() -> fail(CallFailure.CLIENT_GONE)));
        return false;
    }

    /** What was waited for did not come in time; null for the whole exchange. */
    void expired(@Nullable Phase phase) {
        CallAttempt running = attempt;
        boolean full = phase == Phase.CONNECTING && running != null && requests.isPoolFull(running);
        fail(full ? CallFailure.BUSY : FailureReason.late(phase, body, relay));
    }

    /** Whether there is a body whose end was not handed on. */
    boolean isBodyOpen() {
        ClientBody sending = body;
        return sending != null && !sending.isEnded();
    }

    private void conclude(CallFailure unlessOther) {
        failure.compareAndSet(null, unlessOther);
        if (!over.compareAndSet(false, true)) {
            return;
        }
        deadlines.stop();
        CallFailure reason = failure.get() == null ? unlessOther : failure.get();
        if (reason.isClients()) {
            LOG.debug("request {}: {}", exchange.requestId(), reason.rule());
        } else {
            LOG.warn("request {}: {} at {} {}", exchange.requestId(), reason.rule(), requests.upstream(), targets);
        }
        // may have to wait for a client's window, which a thread that serves many connections must not
        requests.execute(() -> {
            stopRelaying();
            ClientBody sending = body;
            if (sending == null) {
                refused(reason);
            } else {
                sending.stop(() -> refused(reason), requests::execute);
            }
        });
    }

    private void refused(CallFailure reason) {
        client.refuse(reason);
        requests.seeToTheEnd();
        if (isBodyOpen()) {
            requests.later(client::letGo);
        }
    }

    /**
     * The container has found on a thread of its own that the connection failed, and is about to end the request by itself:
     * what there is to say is said now.
     */
    void connectionFailed() {
        failure.compareAndSet(null, isBodyOpen() ? CallFailure.BODY_BROKEN : CallFailure.CLIENT_GONE);
        CallFailure reason = failure.get() == null ? CallFailure.CLIENT_GONE : failure.get();
        if (over.compareAndSet(false, true)) {
            deadlines.stop();
            CallAttempt running;
            synchronized (this) {
                // one that is being made is waited for, for it is made of the request
                running = attempt;
            }
            if (running != null) {
                running.record().ended(now(), reason.reason());
                running.abort(reason);
            }
        }
        stopRelaying();
        ClientBody sending = body;
        if (sending != null) {
            var unused = sending.stop();
        }
        client.refuse(reason);
        client.awaitEnd();
    }

    private void stopRelaying() {
        ResponseRelay begun = relay;
        if (begun != null) {
            begun.stop();
        }
    }

    private long now() {
        return exchange.settings().time().nanos().getAsLong();
    }
}
