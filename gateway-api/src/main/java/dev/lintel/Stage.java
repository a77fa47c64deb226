package dev.lintel;

/** Where in the chain a filter belongs. Building a gateway in another order is allowed and warned about. */
public enum Stage {
    /** Gives the request its id: first, so that rejections carry it. */
    REQUEST_ID,
    /** Writes the access log: early, so that it sees every rejection. */
    ACCESS_LOG,
    /** Removes header fields: before authentication, so that spoofed identity dies before ours is added. */
    HEADER_STRIP,
    /** Answers CORS preflights: before authentication, since they carry no credential. */
    CORS,
    /** Limits by address: before signature work, so that bad tokens cannot be a flood. */
    ADDRESS_LIMIT,
    /** Verifies who is calling. */
    AUTHENTICATION,
    /** Limits by caller, once that is known. */
    CALLER_LIMIT,
    /** Changes requests and responses. */
    TRANSFORM
}
