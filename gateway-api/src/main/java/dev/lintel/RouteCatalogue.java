package dev.lintel;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.option.OptionType;
import dev.lintel.request.AddressBlock;
import dev.lintel.upstream.BodyRate;
import dev.lintel.upstream.Timeouts;
import dev.lintel.upstream.WebSockets;
import java.util.List;
import java.util.Map;

/** What a route can be told, beside its name and its filters. */
final class RouteCatalogue {

    static final Option<String> PATH = Option.text(
                    "path", "pattern", "a text", any -> true, "the paths: `/users`, `/users/{id}`, `/files/**`")
            .required();
    static final Option<String> HOST = Option.text(
                    "host",
                    "pattern",
                    "a text",
                    any -> true,
                    "the hosts: `api.example.com`, or `*.example.com` for all below")
            .orInWords("any");
    static final Option<List<String>> METHODS = Option.list(
                    "methods",
                    "methods",
                    "methods in upper case, neither CONNECT nor TRACE",
                    any -> true,
                    "the methods; `GET` includes `HEAD`")
            .orInWords("all");
    static final Option<Map<String, OptionReader>> HEADERS =
            condition("headers", "field", "header fields and their values", "header", "headerPresent");
    static final Option<Map<String, OptionReader>> QUERY = condition(
            "query", "parameter", "query parameters and their values, compared decoded", "query", "queryPresent");
    static final Option<Map<String, OptionReader>> COOKIES =
            condition("cookies", "cookie", "cookies and their values", "cookie", "cookiePresent");
    static final Option<List<String>> CLIENT_ADDRESS = AddressBlock.option(
                    "clientAddress", "where requests come from; through trusted proxies it is the client's that counts")
            .orInWords("anywhere");

    static final Option<OptionReader> MATCH = Option.group(
                    "match",
                    OptionCatalogue.of(
                            "match",
                            "which requests a route answers",
                            PATH,
                            HOST,
                            METHODS,
                            HEADERS,
                            QUERY,
                            COOKIES,
                            CLIENT_ADDRESS),
                    "which requests the route answers; in code each part is a method")
            .inCode();

    static final Option<Long> PRIORITY = Option.number(
                    "priority",
                    Integer.MIN_VALUE,
                    Integer.MAX_VALUE,
                    "decides between routes that are otherwise equally specific: the higher wins")
            .or(0L);
    static final Option<String> STRIP_PREFIX = path("stripPrefix", "removes leading segments from the path");
    static final Option<String> SET_PATH = path("setPath", "sends every request of the route to one path");
    static final Option<String> REWRITE_PATH =
            path("rewritePath", "builds the path from the pattern's variables: `/v2/people/{id}`");
    static final Option<Long> MAX_REQUEST_BODY = Option.size(
                    "maxRequestBody",
                    0,
                    Long.MAX_VALUE,
                    "the most bytes of a request's body, beyond it 413; `0` for no limit")
            .or(0L);
    static final Option<OptionReader> MIN_BODY_RATE = Option.group(
                    "minBodyRate",
                    BodyRate.catalogue(),
                    "how fast a body has to come from the client that goes to an upstream; beyond it 408")
            .orInWords("240 bytes a second, 30 s of grace");
    static final Option<Boolean> ALLOW_ENCODED_SLASHES = Option.flag(
            "allowEncodedSlashes",
            false,
            "admits `%2F` within a segment; only for services that do not decode it into a slash");
    static final Option<List<String>> REWRITE_LOCATIONS = answers(
            "rewriteLocations",
            "has `Location` and `Content-Location` that name the upstream lead through the gateway: `true`, or what the"
                    + " upstream calls itself beside its target");
    static final Option<List<String>> REWRITE_COOKIES =
            answers("rewriteCookies", "the same for `Path` and `Domain` of cookies");

    static final Option<String> UPSTREAM = Option.text(
                    "upstream", "name", "a text", any -> true, "leads to this upstream")
            .inCode("to");
    static final Option<OptionReader> ANSWER = Option.group(
            "answer",
            OptionCatalogue.of(
                    "answer",
                    "a fixed answer",
                    Option.number("status", 200, 599, "the status").required(),
                    Option.text("contentType", "the type of the body").or("text/plain"),
                    Option.text("body", "the body").or("").orInWords("empty")),
            "answers itself");
    static final Option<OptionReader> REDIRECT = Option.group(
            "redirect",
            OptionCatalogue.of(
                    "redirect",
                    "a redirect",
                    Option.words("status", List.of("301", "302", "303", "307", "308"), "the status")
                            .required(),
                    Option.text("location", "a path template, or `https://host` followed by one")
                            .required()),
            "redirects to a path, which may use the pattern's variables and `**`; the query text is kept");
    static final Option<Boolean> HOST_APPLICATION = Option.flag(
                    "hostApplication", false, "leads to the application that the router is mounted in front of")
            .inCode("toHostApplication");

    static final OptionCatalogue ALL = OptionCatalogue.of(
            "route",
            "which requests a route answers, what is done to them, and where they go",
            MATCH,
            PRIORITY,
            STRIP_PREFIX,
            SET_PATH,
            REWRITE_PATH,
            Timeouts.CONNECT_TIMEOUT,
            Timeouts.FIRST_BYTE_TIMEOUT,
            Timeouts.IDLE_TIMEOUT,
            Timeouts.TOTAL_TIMEOUT,
            MAX_REQUEST_BODY,
            MIN_BODY_RATE,
            ALLOW_ENCODED_SLASHES,
            WebSockets.MAX_WEB_SOCKETS,
            WebSockets.WEB_SOCKET_IDLE_TIMEOUT,
            REWRITE_LOCATIONS,
            REWRITE_COOKIES,
            UPSTREAM,
            ANSWER,
            REDIRECT,
            HOST_APPLICATION);

    /** Where a route leads; each route has one of these. */
    static final List<String> DESTINATIONS = List.of("upstream", "answer", "redirect", "hostApplication");

    private RouteCatalogue() {}

    private static Option<String> path(String name, String meaning) {
        return Option.text(name, "path", "a text", any -> true, meaning).orInWords("none");
    }

    private static Option<List<String>> answers(String name, String meaning) {
        return Option.list(name, "`host[:port]`, or `true`", "host[:port]", any -> true, meaning)
                .orInWords("`false`");
    }

    /** A value, or {@code present: true}. */
    private static Option<Map<String, OptionReader>> condition(
            String name, String what, String meaning, String... inCode) {
        OptionType<OptionReader> condition = new OptionType.Anything("value, or `{present: true}`");
        return Option.of(name, new OptionType.Named<>(what, condition), meaning)
                .orInWords("none")
                .inCode(inCode);
    }
}
