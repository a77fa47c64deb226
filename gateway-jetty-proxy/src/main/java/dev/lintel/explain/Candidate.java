package dev.lintel.explain;

/**
 * A route that a request did not take. Immutable and thread-safe.
 *
 * @param route its name
 * @param element where it stands in the gateway, see {@link Places}
 * @param reason what kept the request from it
 * @param detail the same in words, for a person
 */
public record Candidate(String route, String element, Reason reason, String detail) {

    /** What can keep a request from a route, in the order in which it is looked at. */
    public enum Reason {
        /** It is for other hosts. */
        HOST,
        /** A segment of its path is another one, or there are too few or too many. */
        PATH,
        /** Its path ends with a slash and the request's does not, or the other way round. */
        TRAILING_SLASH,
        /** It is for other methods. */
        METHOD,
        /** A header field is not what it asks for. */
        HEADER,
        /** A parameter of the query is not what it asks for. */
        QUERY,
        /** A cookie is not what it asks for. */
        COOKIE,
        /** It is for other clients. */
        ADDRESS,
        /** It would have answered, but a more specific route was there. */
        LESS_SPECIFIC,
        /** It would have answered, but a route that is as specific has a higher priority. */
        PRIORITY
    }
}
