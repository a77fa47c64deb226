package dev.lintel.reject;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * Names what happened when a request is not answered by its destination. A value: it carries all that the answer needs,
 * and never a token, a key, a stack trace or a version.
 *
 * @param status the HTTP status, 400 to 599
 * @param rule a short stable name of the rule that was broken, such as {@code encoded-slash} or {@code invalid-token};
 *     lower-case words with hyphens
 * @param detail one sentence for a person
 * @param origin whose fault it is
 * @param headers further response header fields, such as {@code WWW-Authenticate} or {@code Retry-After}, in order
 * @param violatedPolicies names of the limits that were exceeded; empty for anything else
 * @param closesConnection whether the HTTP/1.x connection must not be used again, since what follows on it cannot be
 *     trusted or will not be read
 */
public record Rejection(
        int status,
        String rule,
        String detail,
        Origin origin,
        List<Field> headers,
        List<String> violatedPolicies,
        boolean closesConnection) {

    /** Whose fault a rejection is. */
    public enum Origin {
        /** The client's: 4xx, or 501 for what it asks and nobody here knows. */
        CLIENT,
        /** The gateway's own: 500, or 503 when it cannot decide. */
        GATEWAY,
        /** The upstream's: 502, 503 or 504. */
        UPSTREAM
    }

    /**
     * One response header field.
     *
     * @param name the field's name
     * @param value its value
     */
    public record Field(String name, String value) {
        /** Checks that neither can split the answer (RFC 9110 sections 5.1 and 5.5). */
        public Field {
            if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':')) {
                throw new IllegalArgumentException("header name: not shown (expected: a field name)");
            }
            if (!value.chars().allMatch(c -> (c >= ' ' || c == '\t') && c != 0x7f && c <= 0xff)) {
                throw new IllegalArgumentException(
                        "value of " + name + ": not shown (expected: no control characters)");
            }
        }
    }

    /** Checks the status and copies the lists. */
    public Rejection {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 400 to 599)");
        }
        requireNonNull(rule, "rule");
        requireNonNull(detail, "detail");
        requireNonNull(origin, "origin");
        headers = List.copyOf(headers);
        violatedPolicies = List.copyOf(violatedPolicies);
    }

    /** A rejection that is the client's fault. */
    public static Rejection client(int status, String rule, String detail) {
        return new Rejection(status, rule, detail, Origin.CLIENT, List.of(), List.of(), false);
    }

    /** A rejection because the gateway itself failed or cannot decide now. */
    public static Rejection gateway(int status, String rule, String detail) {
        return new Rejection(status, rule, detail, Origin.GATEWAY, List.of(), List.of(), false);
    }

    /** A rejection because the upstream gave no usable answer. */
    public static Rejection upstream(int status, String rule, String detail) {
        return new Rejection(status, rule, detail, Origin.UPSTREAM, List.of(), List.of(), false);
    }

    /** The same with one more response header field. */
    public Rejection withHeader(String name, String value) {
        List<Field> more = new ArrayList<>(headers);
        more.add(new Field(name, value));
        return new Rejection(status, rule, detail, origin, more, violatedPolicies, closesConnection);
    }

    /** The same with the names of the limits that were exceeded. */
    public Rejection withViolatedPolicies(List<String> policies) {
        return new Rejection(status, rule, detail, origin, headers, policies, closesConnection);
    }

    /** The same, ending the HTTP/1.x connection after the answer. */
    public Rejection closingConnection() {
        return new Rejection(status, rule, detail, origin, headers, violatedPolicies, true);
    }

    /** The reason phrase of the status, as RFC 9110 section 15, RFC 6585 and RFC 5842 name it. */
    public String title() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 402 -> "Payment Required";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 407 -> "Proxy Authentication Required";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 411 -> "Length Required";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 416 -> "Range Not Satisfiable";
            case 417 -> "Expectation Failed";
            case 421 -> "Misdirected Request";
            case 422 -> "Unprocessable Content";
            case 426 -> "Upgrade Required";
            case 428 -> "Precondition Required";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 505 -> "HTTP Version Not Supported";
            case 508 -> "Loop Detected";
            case 511 -> "Network Authentication Required";
            default -> status < 500 ? "Client Error" : "Server Error";
        };
    }
}
