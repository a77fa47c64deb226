package dev.lintel.filters.transform;

import dev.lintel.Exchange;
import dev.lintel.Route;
import dev.lintel.identity.Caller;
import dev.lintel.request.Authority;
import dev.lintel.request.HeaderSyntax;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One fact of a request, by the name that templates have for it. Thread-safe. */
@FunctionalInterface
interface Variable {

    /** All names, in words. */
    String NAMES = "one of request.id, client.address, route, method, scheme, host, path, subject, consumer,"
            + " claim.<name>, header.<name>";

    /** The fact as text; null if there is none. */
    @Nullable
    String of(Exchange exchange, HttpServletRequest request) throws UnsafeValueException;

    /** The variable of that name; null if there is none. */
    static @Nullable Variable named(String name) {
        if (name.startsWith("claim.") && name.length() > 6) {
            String claim = name.substring(6);
            return (exchange, request) -> claim(exchange.caller(), claim);
        }
        if (name.startsWith("header.") && HeaderSyntax.isName(name.substring(7))) {
            String field = name.substring(7);
            return (exchange, request) -> onlyLine(request.getHeaders(field));
        }
        return switch (name) {
            case "request.id" -> (exchange, request) -> exchange.requestId();
            case "client.address" -> (exchange, request) -> exchange.client().text();
            case "route" -> (exchange, request) -> nameOf(exchange.route());
            case "method" -> (exchange, request) -> exchange.method();
            case "scheme" -> (exchange, request) -> exchange.scheme();
            case "host" -> (exchange, request) -> text(exchange.authority());
            case "path" -> (exchange, request) -> exchange.rawPath();
            case "subject" -> (exchange, request) -> subject(exchange.caller());
            case "consumer" -> (exchange, request) -> consumer(exchange.caller());
            default -> null;
        };
    }

    private static @Nullable String nameOf(@Nullable Route route) {
        return route == null ? null : route.name();
    }

    private static @Nullable String text(@Nullable Authority authority) {
        return authority == null ? null : authority.toString();
    }

    private static @Nullable String subject(@Nullable Caller caller) throws UnsafeValueException {
        return caller == null ? null : item(caller.subject());
    }

    private static @Nullable String consumer(@Nullable Caller caller) throws UnsafeValueException {
        String consumer = caller == null ? null : caller.consumer();
        return consumer == null ? null : item(consumer);
    }

    private static @Nullable String claim(@Nullable Caller caller, String name) throws UnsafeValueException {
        Object value = caller == null ? null : caller.claim(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof List<?> elements)) {
            return item(value);
        }
        List<String> items = new ArrayList<>(elements.size());
        for (Object element : elements) {
            items.add(item(element));
        }
        return items.isEmpty() ? null : String.join(",", items);
    }

    /** A value that stays one item, however services read the field. */
    private static String item(@Nullable Object value) throws UnsafeValueException {
        boolean simple = value instanceof String || value instanceof Number || value instanceof Boolean;
        String text = String.valueOf(value);
        if (!simple || !HeaderSyntax.isPlainItem(text)) {
            throw new UnsafeValueException();
        }
        return text;
    }

    private static @Nullable String onlyLine(Enumeration<String> lines) {
        String value = lines.hasMoreElements() ? lines.nextElement() : null;
        return lines.hasMoreElements() ? null : value;
    }
}
