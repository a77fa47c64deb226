package dev.lintel.filters.cache;

import dev.lintel.Exchange;
import dev.lintel.filter.ExchangeRequest;
import dev.lintel.request.HeaderSelector;
import dev.lintel.request.HeaderSyntax;
import dev.lintel.request.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a cache has to do with: those of nobody in particular, for a whole answer, in which nothing but the URL and what an
 * answer says that it varies by can make a difference.
 */
final class RequestRules {

    /** In a name, folded, they tell of credentials or of who somebody is, whoever made the name up. */
    private static final List<String> PERSONAL_PARTS = List.of(
            "account",
            "assertion",
            "auth",
            "cert",
            "consumer",
            "cookie",
            "credential",
            "customer",
            "dpop",
            "email",
            "group",
            "identity",
            "impersonat",
            "jwt",
            "key",
            "login",
            "member",
            "msisdn",
            "oidc",
            "passw",
            "person",
            "principal",
            "role",
            "secret",
            "session",
            "signature",
            "sslclient",
            "sso",
            "subject",
            "subscri",
            "tenant",
            "token",
            "user");

    /** Those of browsers and proxies, which nobody is told by; looked at first, since most fields are among them. */
    private static final HeaderSelector OF_NOBODY = HeaderSelector.of(
            "Host",
            "Accept",
            "Accept-Charset",
            "Accept-Encoding",
            "Accept-Language",
            "Cache-Control",
            "Connection",
            "Content-Length",
            "Content-Type",
            "Cookie",
            "If-Modified-Since",
            "If-None-Match",
            "Origin",
            "Pragma",
            "Priority",
            "Referer",
            "Save-Data",
            "Sec-CH-*",
            "Sec-Fetch-*",
            "Upgrade-Insecure-Requests",
            "User-Agent");

    private static final int MOST_TOLD = 256;

    /** For a part, under a condition that is the destination's to judge, for another protocol, or with a body. */
    private static final HeaderSelector UNUSUAL = HeaderSelector.of(
            "Range",
            "If-Range",
            "If-Match",
            "If-Unmodified-Since",
            "Upgrade",
            "HTTP2-Settings",
            "Trailer",
            "Transfer-Encoding",
            "Expect");

    /** By which some applications are had to see another method or URL than that of the request. */
    private static final HeaderSelector OVERRIDING = HeaderSelector.of(
            "X-HTTP-Method-Override",
            "X-HTTP-Method",
            "X-Method-Override",
            "X-Original-URL",
            "X-Original-URI",
            "X-Rewrite-URL",
            "X-Override-URL",
            "X-Unencoded-URL",
            "X-WAWS-Unencoded-URL",
            "X-Envoy-Original-Path",
            "X-Forwarded-URI",
            "X-Forwarded-Path",
            "X-Forwarded-Method");

    /** From which some applications make links, so that it makes a difference though no answer says so. */
    private static final HeaderSelector TELLING = HeaderSelector.of(
            "Forwarded",
            "X-Forwarded",
            "X-Forwarded-*",
            "X-Host",
            "X-Original-Host",
            "X-Original-Proto",
            "X-Original-Forwarded-*",
            "X-HTTP-Host-Override",
            "X-Proxy-Host",
            "X-Base-URL",
            "X-Scheme",
            "X-URL-Scheme",
            "X-Script-Name",
            "X-ARR-SSL",
            "CF-Visitor",
            "CloudFront-Forwarded-Proto",
            "HTTPS",
            "Front-End-Https");

    /** By which some applications answer with a part of a page, or with data, and do not say so. */
    private static final HeaderSelector SHAPING = HeaderSelector.of(
            "X-Requested-With",
            "X-PJAX*",
            "X-Inertia*",
            "HX-*",
            "Turbo-*",
            "RSC",
            "Next-*",
            "X-NextJS-*",
            "X-Middleware-*",
            "Translate");

    private static final HeaderSelector CHOOSING = TELLING.or(SHAPING);

    /** Where from, which no application may answer by without saying so. */
    private static final HeaderSelector FROM = HeaderSelector.of("X-Forwarded-For", "X-Original-Forwarded-For");

    private RequestRules() {}

    /** What a request says of how it came and in what shape it wants its answer, in one text; null if it passes by. */
    static @Nullable String forwarded(Exchange exchange, HttpServletRequest request, CacheOptions options) {
        if (isSomebodys(exchange, request) || !HostSpelling.isThatOfTheKey(exchange, request)) {
            return null;
        }
        HeaderSelector identity = exchange.settings().identityHeaders().selector();
        StringBuilder told = HostSpelling.other(exchange, request);
        for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            if (isPersonal(name)
                    || UNUSUAL.matches(name)
                    || OVERRIDING.matches(name)
                    || identity.matches(name)
                    || name.equalsIgnoreCase("Content-Length") && !"0".equals(request.getHeader(name))
                    || name.equalsIgnoreCase("Content-Type") && isForm(request.getHeader(name))
                    || name.equalsIgnoreCase("Cookie") && !areIgnored(request.getHeaders(name), exchange, options)) {
                return null;
            }
            if (CHOOSING.matches(name) && !FROM.matches(name)) {
                told = told == null ? new StringBuilder() : told;
                tell(name, request.getHeaders(name), told);
            }
        }
        if (told == null) {
            return "";
        }
        return told.length() > MOST_TOLD ? null : told.toString();
    }

    /** Some containers make parameters of its body, whatever the method, where it may have one. */
    private static boolean isForm(@Nullable String type) {
        String folded = type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
        return folded.startsWith("application/x-www-form-urlencoded") || folded.startsWith("multipart/");
    }

    private static boolean isPersonal(String name) {
        if (OF_NOBODY.matches(name)) {
            return false;
        }
        String folded = HeaderSelector.fold(name);
        for (String part : PERSONAL_PARTS) {
            if (folded.contains(part)) {
                return true;
            }
        }
        return false;
    }

    /** Whether somebody has been found to be who asks, or offers something by which that might be found out. */
    private static boolean isSomebodys(Exchange exchange, HttpServletRequest request) {
        ExchangeRequest view = ExchangeRequest.of(request, exchange);
        if (exchange.caller() != null
                || exchange.clientCertificate() != null
                || !exchange.hiddenQueryParameters().isEmpty()
                || view.incoming("Authorization").hasMoreElements()
                || request.getRemoteUser() != null
                || request.getUserPrincipal() != null) {
            return true;
        }
        for (String name : exchange.settings().credentialNames()) {
            if (HeaderSyntax.isName(name) && view.incoming(name).hasMoreElements()
                    || !QueryParameters.values(exchange.query(), name).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean areIgnored(Enumeration<String> lines, Exchange exchange, CacheOptions options) {
        if (options.ignoredCookies().isEmpty()) {
            return false;
        }
        while (lines.hasMoreElements()) {
            String line = lines.nextElement();
            if (line.indexOf(',') >= 0) {
                // some read a comma as the end of a cookie
                return false;
            }
            for (String pair : line.split(";", -1)) {
                int equals = pair.indexOf('=');
                String name = (equals < 0 ? pair : pair.substring(0, equals)).strip();
                boolean empty = name.isEmpty() && equals < 0;
                if (!empty
                        && (!options.ignores(name)
                                || exchange.settings().credentialNames().contains(name))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Of {@code Forwarded} all but where from: no part of a list has a comma or a semicolon in it, whoever quotes what. */
    private static void tell(String name, Enumeration<String> lines, StringBuilder told) {
        while (lines.hasMoreElements()) {
            String line = lines.nextElement();
            told.append(name).append(':');
            if (name.equalsIgnoreCase("Forwarded")) {
                for (String part : line.split("[,;]", -1)) {
                    String bare = part.strip();
                    if (!isNode(bare)) {
                        told.append(bare).append(';');
                    }
                }
            } else {
                told.append(line);
            }
            told.append('\n');
        }
    }

    /** Whether it says where from, or who says so, and nothing in which a lenient reader could find anything else. */
    private static boolean isNode(String part) {
        int start = part.regionMatches(true, 0, "for=", 0, 4) ? 4 : part.regionMatches(true, 0, "by=", 0, 3) ? 3 : -1;
        for (int i = start; i >= 0 && i < part.length(); i++) {
            char c = part.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && "._:-[]\"".indexOf(c) < 0) {
                return false;
            }
        }
        return start >= 0;
    }
}
