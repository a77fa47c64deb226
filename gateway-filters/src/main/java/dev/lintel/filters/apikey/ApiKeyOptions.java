package dev.lintel.filters.apikey;

import org.jspecify.annotations.Nullable;

/**
 * The options of one filter. Immutable and thread-safe.
 *
 * @param keys the keys that are accepted
 * @param header the field in which a key is looked for
 * @param queryParameter the parameter of the query in which it is looked for as well, or null
 * @param consumerHeader the field in which services learn whose key it was
 * @param realm printable ASCII without quotes and backslashes, for the challenge
 * @param optional whether a request without a key passes
 * @param forwardKey whether services see the key
 */
record ApiKeyOptions(
        ApiKeys keys,
        String header,
        @Nullable String queryParameter,
        String consumerHeader,
        String realm,
        boolean optional,
        boolean forwardKey) {

    /** The defaults, without any key: nobody passes. */
    static final ApiKeyOptions CLOSED = new ApiKeyOptions(
            ApiKeys.none(),
            ApiKeyCatalogue.HEADER.otherwise(),
            null,
            ApiKeyCatalogue.CONSUMER_HEADER.otherwise(),
            ApiKeyCatalogue.REALM.otherwise(),
            ApiKeyCatalogue.OPTIONAL.otherwise(),
            ApiKeyCatalogue.FORWARD_KEY.otherwise());
}
