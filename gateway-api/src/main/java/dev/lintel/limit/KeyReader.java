package dev.lintel.limit;

import dev.lintel.Exchange;
import dev.lintel.Route;
import dev.lintel.identity.Caller;
import dev.lintel.request.ClientAddress;
import dev.lintel.request.IpAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** Puts the parts of one request's key into a hash. What is put in is the same only if all parts are. */
final class KeyReader {

    /** How the filter for API keys marks its callers ({@link Caller#kind()}). */
    private static final String BY_API_KEY = "api-key";

    /** The name of no route, which no route has. */
    static final String NO_ROUTE = " ";

    static final long ASKED_FOR = 0;
    private static final long INSTEAD = 1;

    private final Exchange exchange;
    private final HttpServletRequest request;
    private final int ipv6Prefix;
    private final SipHash hash;

    KeyReader(Exchange exchange, HttpServletRequest request, int ipv6Prefix, KeyHasher hasher) {
        this(exchange, request, ipv6Prefix, hasher, ASKED_FOR);
    }

    private KeyReader(Exchange exchange, HttpServletRequest request, int ipv6Prefix, KeyHasher hasher, long purpose) {
        this.exchange = exchange;
        this.request = request;
        this.ipv6Prefix = ipv6Prefix;
        this.hash = hasher.begin();
        hash.word(purpose);
    }

    /** The hash of the client's address standing in for a key; never that of a key which asks for the address. */
    static KeyHash addressInstead(Exchange exchange, HttpServletRequest request, int ipv6Prefix, KeyHasher hasher) {
        KeyReader reader = new KeyReader(exchange, request, ipv6Prefix, hasher, INSTEAD);
        reader.putAddress();
        return reader.finish();
    }

    /** Puts in a part; false if the request lacks it. */
    boolean put(KeyPart part) {
        if (part instanceof KeyPart.Address) {
            putAddress();
            return true;
        }
        if (part instanceof KeyPart.Header header) {
            return putLines(header.name());
        }
        String value = value(part);
        if (value == null || value.isEmpty()) {
            return false;
        }
        hash.text(value);
        return true;
    }

    KeyHash finish() {
        return hash.finish();
    }

    private @Nullable String value(KeyPart part) {
        Caller caller = exchange.caller();
        if (part instanceof KeyPart.Claim claim) {
            return caller == null ? null : claim(caller, claim.path());
        }
        if (part instanceof KeyPart.ApiKey) {
            return caller == null || !caller.kind().equals(BY_API_KEY) ? null : caller.credentialHash();
        }
        if (part instanceof KeyPart.Consumer) {
            return caller == null ? null : caller.consumer();
        }
        if (part instanceof KeyPart.RouteName) {
            Route route = exchange.route();
            return route == null ? NO_ROUTE : route.name();
        }
        return exchange.method().equals("HEAD") ? "GET" : exchange.method();
    }

    private static @Nullable String claim(Caller caller, String path) {
        Object claim = caller.claim(path);
        if (claim == null && path.equals("sub")) {
            return caller.subject();
        }
        if (claim instanceof String text) {
            return text;
        }
        return claim instanceof Number || claim instanceof Boolean ? claim.toString() : null;
    }

    private boolean putLines(String name) {
        long count = 0;
        for (Enumeration<String> lines = request.getHeaders(name); lines.hasMoreElements(); lines.nextElement()) {
            count++;
        }
        hash.word(count);
        boolean blank = true;
        for (Enumeration<String> lines = request.getHeaders(name); lines.hasMoreElements(); ) {
            String line = lines.nextElement();
            blank &= line.isBlank();
            hash.text(line);
        }
        return !blank;
    }

    private void putAddress() {
        ClientAddress client = exchange.client();
        IpAddress address = client.address();
        if (address == null) {
            // a Unix socket, for example: its text is all there is
            hash.text(client.text());
            return;
        }
        putAddress(hash, address, ipv6Prefix);
    }

    static void putAddress(SipHash hash, IpAddress address, int ipv6Prefix) {
        IpAddress counted = address.isV4() ? address : address.prefix(ipv6Prefix);
        hash.word(counted.high());
        hash.word(counted.low());
    }
}
