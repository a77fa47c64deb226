package dev.lintel.filters.apikey;

import dev.lintel.identity.Caller;
import dev.lintel.reject.Rejection;

/** What is to become of a request, as far as its API key says. */
sealed interface ApiKeyDecision {

    /** The key is good. */
    record Accepted(Caller caller) implements ApiKeyDecision {}

    /** There is no key and none is needed. */
    record Anonymous() implements ApiKeyDecision {}

    /** The request does not pass. */
    record Refused(Rejection rejection) implements ApiKeyDecision {}
}
