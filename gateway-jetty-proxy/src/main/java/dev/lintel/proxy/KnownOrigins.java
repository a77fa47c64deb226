package dev.lintel.proxy;

import dev.lintel.Exchange;
import dev.lintel.request.Authority;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ForwardedHeaders} say of requests that came lately. It is the same for all that come from one peer to one authority, unless a
 * trusted proxy says more. Bounded: a new one takes the place of another. Thread-safe.
 */
final class KnownOrigins {

    private static final int PLACES = 256;

    /** Longer names are as good as any, and seldom. */
    private static final int LONGEST = 100;

    private final AtomicReferenceArray<@Nullable Origin> known = new AtomicReferenceArray<>(PLACES);

    private record Origin(String peer, Authority authority, String scheme, HttpFields fields) {

        boolean isOf(Exchange exchange) {
            return peer.equals(exchange.peer())
                    && authority.equals(exchange.authority())
                    && scheme.equals(exchange.scheme());
        }
    }

    /** Adds the fields of a request. */
    void write(HttpServletRequest from, Exchange exchange, HttpFields.Mutable to) {
        Authority authority = exchange.authority();
        if (authority == null
                || authority.host().length() > LONGEST
                || exchange.client().viaTrustedProxy()) {
            ForwardedHeaders.write(from, exchange, to::add);
            return;
        }
        int hash = exchange.peer().hashCode() * 31 + authority.host().hashCode() + authority.port();
        int place = (hash ^ hash >>> 8 ^ hash >>> 16) & PLACES - 1;
        Origin origin = known.get(place);
        if (origin == null || !origin.isOf(exchange)) {
            HttpFields.Mutable made = HttpFields.build();
            ForwardedHeaders.write(from, exchange, made::add);
            origin = new Origin(exchange.peer(), authority, exchange.scheme(), made.asImmutable());
            known.set(place, origin);
        }
        HttpFields fields = origin.fields();
        for (int i = 0; i < fields.size(); i++) {
            to.add(fields.getField(i));
        }
    }
}
