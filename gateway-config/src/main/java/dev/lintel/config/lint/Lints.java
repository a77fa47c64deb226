package dev.lintel.config.lint;

import java.util.List;

/** The names of all warnings. They are the same in every version: files name them to say that something is meant. */
public final class Lints {

    /** A route leads to a service and asks for no credential, and does not say {@code auth: none}. */
    public static final String ROUTE_WITHOUT_CREDENTIAL = "route-without-credential";

    /** A route says {@code auth: none} and has a filter that authenticates. */
    public static final String AUTH_NONE_WITH_CREDENTIAL = "auth-none-with-credential";

    /** The only credential of a route is optional. */
    public static final String OPTIONAL_CREDENTIAL = "optional-credential";

    /** Tokens that were issued for anybody are accepted. */
    public static final String JWT_WITHOUT_AUDIENCE = "jwt-without-audience";

    /** Tokens of any issuer are accepted. */
    public static final String JWT_WITHOUT_ISSUER = "jwt-without-issuer";

    /** Keys of an issuer come over plain HTTP. */
    public static final String INSECURE_JWKS = "insecure-jwks";

    /** Everybody is a trusted proxy, or a part of the whole net is. */
    public static final String TRUST_ALL_PROXIES = "trust-all-proxies";

    /** What looks like an identity is taken from the client. */
    public static final String IDENTITY_FROM_CLIENT = "identity-from-client";

    /** The caller's credential is passed on to the service. */
    public static final String CREDENTIAL_FORWARDED = "credential-forwarded";

    /** No request can meet a route. */
    public static final String UNREACHABLE_ROUTE = "unreachable-route";

    /** A limit counts by a field that clients write. */
    public static final String CLIENT_CHOSEN_LIMIT_KEY = "client-chosen-limit-key";

    /** Credentials in URLs end in logs and histories. */
    public static final String CREDENTIAL_IN_QUERY = "credential-in-query";

    /** Requests leave in clear text for somewhere else. */
    public static final String PLAIN_HTTP_UPSTREAM = "plain-http-upstream";

    /** Shared counts, and the password of their store, leave in clear text for somewhere else. */
    public static final String PLAIN_TEXT_STORE = "plain-text-store";

    /** Anybody can pass for an upstream. */
    public static final String UPSTREAM_NOT_VERIFIED = "upstream-not-verified";

    /** The admin port can be reached from elsewhere. */
    public static final String ADMIN_PORT_EXPOSED = "admin-port-exposed";

    /** Requests for hosts that the certificate is not for are served. */
    public static final String HOST_UNCHECKED = "host-unchecked";

    /** A secret stands in the file as it is. */
    public static final String SECRET_IN_CLEAR = "secret-in-clear";

    /** Filters stand in an order that is probably not meant. */
    public static final String FILTER_ORDER = "filter-order";

    /** A route protects some methods, another route answers the others unprotected. */
    public static final String METHOD_FALL_THROUGH = "method-fall-through";

    /** What the gateway itself warns of beside those. */
    public static final String GATEWAY = "gateway-warning";

    /** All of them. */
    public static final List<String> ALL = List.of(
            ROUTE_WITHOUT_CREDENTIAL,
            AUTH_NONE_WITH_CREDENTIAL,
            OPTIONAL_CREDENTIAL,
            JWT_WITHOUT_AUDIENCE,
            JWT_WITHOUT_ISSUER,
            INSECURE_JWKS,
            TRUST_ALL_PROXIES,
            IDENTITY_FROM_CLIENT,
            CREDENTIAL_FORWARDED,
            UNREACHABLE_ROUTE,
            CLIENT_CHOSEN_LIMIT_KEY,
            CREDENTIAL_IN_QUERY,
            PLAIN_HTTP_UPSTREAM,
            PLAIN_TEXT_STORE,
            UPSTREAM_NOT_VERIFIED,
            ADMIN_PORT_EXPOSED,
            HOST_UNCHECKED,
            SECRET_IN_CLEAR,
            FILTER_ORDER,
            METHOD_FALL_THROUGH,
            GATEWAY);

    private Lints() {}
}
