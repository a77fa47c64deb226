package dev.lintel.limit;

/** What becomes of a request that lacks what a limit counts by. */
public enum MissingKey {
    /**
     * It is refused. The default: it lets nobody past a limit, counts nobody together with others, and a filter in the
     * wrong place of the chain is noticed at the first request.
     */
    REFUSE,
    /** The limit does not count it: whoever leaves the part out has no limit. */
    SKIP,
    /** It is counted by the client's address, apart from requests that have all parts. */
    USE_ADDRESS
}
