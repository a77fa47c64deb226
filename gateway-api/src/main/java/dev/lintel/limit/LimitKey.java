package dev.lintel.limit;

import static java.util.Objects.requireNonNull;

import dev.lintel.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whom a limit counts for: {@code by(claim("sub"))}, {@code by(address(), method())}. Requests that agree in all parts share
 * a bucket. Immutable and thread-safe.
 *
 * @param parts what is counted by, in order; at least one
 * @param onMissing what becomes of a request that lacks a part
 * @param ipv6Prefix how many bits of an IPv6 address count, 1 to 128
 */
public record LimitKey(List<KeyPart> parts, MissingKey onMissing, int ipv6Prefix) {

    /** How many bits of an IPv6 address count unless told otherwise: what one subscriber is given at least. */
    public static final int IPV6_PREFIX = 64;

    /** Copies the parts and checks the numbers. */
    public LimitKey {
        parts = List.copyOf(parts);
        requireNonNull(onMissing, "onMissing");
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("key: no part (expected: at least one)");
        }
        if (ipv6Prefix < 1 || ipv6Prefix > 128) {
            throw new IllegalArgumentException("ipv6Prefix: " + ipv6Prefix + " (expected: 1 to 128)");
        }
    }

    /** Counts by all these parts together; requests that lack one are refused. */
    public static LimitKey by(KeyPart first, KeyPart... more) {
        List<KeyPart> parts = new ArrayList<>();
        parts.add(first);
        parts.addAll(List.of(more));
        return new LimitKey(parts, MissingKey.REFUSE, IPV6_PREFIX);
    }

    /**
     * Reads a key such as {@code claim:sub} or {@code address+method}; requests that lack a part are refused.
     *
     * @param text parts joined with {@code +}
     * @throws IllegalArgumentException if it is not one
     */
    public static LimitKey parse(String text) {
        List<KeyPart> parts = new ArrayList<>();
        int from = 0;
        while (from <= text.length()) {
            int plus = text.indexOf('+', from);
            int to = plus < 0 ? text.length() : plus;
            parts.add(KeyPart.parse(text.substring(from, to).strip()));
            from = to + 1;
        }
        return new LimitKey(parts, MissingKey.REFUSE, IPV6_PREFIX);
    }

    /** The same with another choice for requests that lack a part. */
    public LimitKey onMissing(MissingKey choice) {
        return new LimitKey(parts, choice, ipv6Prefix);
    }

    /** The same counting another number of bits of IPv6 addresses. */
    public LimitKey ipv6Prefix(int bits) {
        return new LimitKey(parts, onMissing, bits);
    }

    /** The client's address, IPv6 by its first 64 bits unless the key says otherwise. */
    public static KeyPart address() {
        return new KeyPart.Address();
    }

    /** The API key with which the caller was verified. */
    public static KeyPart apiKey() {
        return new KeyPart.ApiKey();
    }

    /** The consumer that the caller's key belongs to. */
    public static KeyPart consumer() {
        return new KeyPart.Consumer();
    }

    /** A claim of the verified caller, by name or by a path with dots. */
    public static KeyPart claim(String path) {
        return new KeyPart.Claim(path);
    }

    /** A header field of the request. */
    public static KeyPart header(String name) {
        return new KeyPart.Header(name);
    }

    /** The route. */
    public static KeyPart route() {
        return new KeyPart.RouteName();
    }

    /** The method; HEAD counts as GET. */
    public static KeyPart method() {
        return new KeyPart.Method();
    }

    /** Whether a part is known only after authentication. */
    public boolean needsCaller() {
        return parts.stream().anyMatch(KeyPart::needsCaller);
    }

    /**
     * Whom a request counts for.
     *
     * @param exchange the facts of the request
     * @param request the request with the changes of the filters so far
     * @param hasher keeps the parts secret
     * @return the hash of all parts; null if one is missing and the address does not stand in
     */
    public @Nullable KeyHash hash(Exchange exchange, HttpServletRequest request, KeyHasher hasher) {
        KeyReader reader = new KeyReader(exchange, request, ipv6Prefix, hasher);
        for (int i = 0; i < parts.size(); i++) {
            if (!reader.put(parts.get(i))) {
                return onMissing == MissingKey.USE_ADDRESS
                        ? KeyReader.addressInstead(exchange, request, ipv6Prefix, hasher)
                        : null;
            }
        }
        return reader.finish();
    }

    /**
     * The hash of a key that somebody presents, to find what was counted for it.
     *
     * @param values a value for each part, in order: an address, an API key as clients send it, the one line of a header field, a
     *     route's name or an empty text for none, or whatever else is counted by
     * @param hasher the one by which keys are known there
     * @throws IllegalArgumentException if there is not one for each part
     */
    public KeyHash hash(List<String> values, KeyHasher hasher) {
        return KeyValues.hash(this, values, hasher);
    }

    /** The parts joined with {@code +}. */
    @Override
    public String toString() {
        return parts.stream().map(KeyPart::text).collect(Collectors.joining("+"));
    }
}
