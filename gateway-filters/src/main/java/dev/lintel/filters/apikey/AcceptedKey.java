package dev.lintel.filters.apikey;

import dev.lintel.Exchange;
import dev.lintel.filter.Verdict;
import dev.lintel.identity.Caller;
import jakarta.servlet.http.HttpServletRequest;

/**
 * A key that is known, as one request presents it.
 *
 * @param caller whose it is
 * @param inHeader what the key's header field has
 * @param rules the filter's
 */
record AcceptedKey(Caller caller, PresentedKey inHeader, ApiKeyRules rules) implements Verdict.Accepted {

    @Override
    public void apply(Exchange exchange, HttpServletRequest request) {
        ApiKeyOptions options = rules.options();
        // read before it is hidden
        String toForward = options.forwardKey() ? request.getHeader(options.header()) : null;
        if (options.forwardKey()) {
            // other spellings of the field may hold other keys
            exchange.requestHeaders().remove(rules.keyHeaders());
            if (toForward != null) {
                exchange.requestHeaders().set(options.header(), toForward);
            }
        } else {
            rules.hideKey(exchange);
        }
        if (caller.consumer() != null) {
            exchange.requestHeaders().set(options.consumerHeader(), caller.consumer());
        }
        request.setAttribute(rules.memory(), inHeader);
    }

    /** Never the key nor its digest. */
    @Override
    public String toString() {
        return "AcceptedKey[" + caller + "]";
    }
}
