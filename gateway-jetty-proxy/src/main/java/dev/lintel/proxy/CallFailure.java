package dev.lintel.proxy;

import dev.lintel.reject.Rejection;
import org.eclipse.jetty.io.QuietException;

/** What can keep a request from being answered by its upstream, and what the client is told. */
enum CallFailure {
    NO_TARGET(503, "upstream-unavailable", "no-target", "The upstream has no target."),
    BUSY(503, "upstream-busy", "busy", "The upstream has no free connection."),
    REFUSED(502, "upstream-refused", "refused", "The upstream could not be reached."),
    UNRESOLVED(502, "upstream-unresolved", "unresolved", "The upstream's name could not be resolved."),
    INSECURE(502, "upstream-tls", "tls", "No trusted connection to the upstream could be made."),
    CONNECT_TIMEOUT(504, "upstream-timeout", "connect-timeout", "The upstream could not be reached in time."),
    NO_ANSWER(502, "upstream-no-answer", "no-answer", "The upstream ended the connection without an answer."),
    MALFORMED(502, "upstream-malformed", "malformed", "The upstream's answer was malformed."),
    TRUNCATED(502, "upstream-truncated", "truncated", "The upstream's answer was cut short."),
    FIRST_BYTE_TIMEOUT(504, "upstream-timeout", "first-byte-timeout", "The upstream did not answer in time."),
    IDLE_TIMEOUT(504, "upstream-timeout", "idle-timeout", "The upstream paused for too long."),
    TOTAL_TIMEOUT(504, "upstream-timeout", "total-timeout", "The whole exchange took too long."),
    LOOP(508, "loop", "loop", "The request has passed this gateway before."),
    UPGRADE(501, "upgrade-not-supported", "upgrade", "WebSocket connections are not passed on."),
    HANDSHAKE(400, "websocket-handshake", "handshake", "The WebSocket handshake is not one of RFC 6455."),
    WEB_SOCKETS(503, "websocket-limit", "websocket-limit", "Too many WebSocket connections are open."),
    HEAD_TOO_LARGE(431, "head-too-large", "client", "The request's header fields are too many or too long."),
    BODY_TOO_LARGE(413, "body-too-large", "client", "The request's body is too large."),
    BODY_STALLED(408, "body-timeout", "client", "The request's body did not arrive in time."),
    BODY_TOO_SLOW(408, "body-too-slow", "client", "The request's body arrived too slowly."),
    BODY_BROKEN(400, "body-broken", "client", "The request's body was cut short or malformed."),
    CLIENT_STALLED(408, "client-stalled", "client", "The answer was not read in time."),
    CLIENT_GONE(400, "client-gone", "client", "The client has left."),
    INTERNAL(500, "internal-error", "internal", "The gateway failed to handle the request.");

    private final String reason;
    private final Rejection rejection;
    private final AbortedException exception;

    CallFailure(int status, String rule, String reason, String detail) {
        this.reason = reason;
        this.rejection = rejection(status, rule, detail);
        this.exception = new AbortedException(this, rule);
    }

    /** The short name of an attempt's end. */
    String reason() {
        return reason;
    }

    /** The short name of an exchange's end. */
    String rule() {
        return rejection.rule();
    }

    /** What the client is told while nothing else has been sent. */
    Rejection rejection() {
        return rejection;
    }

    /** What a request to an upstream is aborted with. */
    AbortedException exception() {
        return exception;
    }

    /** Whether it is the client that failed. */
    boolean isClients() {
        return rejection.origin() == Rejection.Origin.CLIENT;
    }

    private static Rejection rejection(int status, String rule, String detail) {
        if (status == 503) {
            return Rejection.upstream(status, rule, detail).withHeader("Retry-After", "1");
        }
        if (status == 500 || status == 501) {
            return Rejection.gateway(status, rule, detail);
        }
        // the rest of the client's body is not read, so nothing after it can be understood
        return status < 500
                ? Rejection.client(status, rule, detail).closingConnection()
                : Rejection.upstream(status, rule, detail);
    }

    /** Carries only a name: one instance for all requests, so without stack trace and suppressed exceptions. Not logged again. */
    static final class AbortedException extends Exception implements QuietException {

        private static final long serialVersionUID = 1L;

        private final CallFailure reason;

        AbortedException(CallFailure reason, String rule) {
            super(rule, null, false, false);
            this.reason = reason;
        }

        CallFailure reason() {
            return reason;
        }
    }
}
