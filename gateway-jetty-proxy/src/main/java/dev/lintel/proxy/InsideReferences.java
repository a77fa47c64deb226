package dev.lintel.proxy;

import dev.lintel.Route;
import dev.lintel.request.Authority;
import dev.lintel.request.PathRewrite;
import dev.lintel.upstream.AnswerRewrite;
import dev.lintel.upstream.Target;
import dev.lintel.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Turns what an upstream says of itself into what its client can follow, for one answer.
 *
 * <p>A URL with the upstream's authority becomes a reference without one ({@code /path}): the client knows best by which scheme,
 * host and port it came here (RFC 9110 section 10.2.2 allows that), and nothing that a request says of them gets into an answer.
 * Paths lose the target's base and get back what {@code stripPrefix} took away, and the context path. Everything else stays.
 */
final class InsideReferences {

    private final AnswerRewrite options;
    private final List<Authority> own;
    private final String base;
    private final String prefix;

    private InsideReferences(AnswerRewrite options, List<Authority> own, String base, String prefix) {
        this.options = options;
        this.own = own;
        this.base = base;
        this.prefix = prefix;
    }

    /**
     * For answers of a target.
     *
     * @param clientHost the {@code Host} that the client sent; null if that is not known
     * @param contextPath the application's
     * @return null if the route changes nothing
     */
    static @Nullable InsideReferences of(
            Route route, Upstream upstream, Target target, @Nullable String clientHost, String contextPath) {
        AnswerRewrite options = route.options().answers();
        if (options.isNone()) {
            return null;
        }
        List<Authority> own = new ArrayList<>(2);
        add(own, target.authority());
        switch (upstream.hostHeader()) {
            case FIXED -> add(own, upstream.fixedHost());
            case PRESERVED -> add(own, clientHost);
            case TARGET -> {}
        }
        options.hosts().forEach(host -> add(own, host));
        String stripped = route.options().rewrite() instanceof PathRewrite.StripPrefix strip ? strip.toString() : "";
        return new InsideReferences(
                options, own, target.basePath(), contextPath + (stripped.equals("/") ? "" : stripped));
    }

    private static void add(List<Authority> own, @Nullable String text) {
        Authority authority = text == null ? null : Authority.parse(text);
        if (authority != null) {
            own.add(authority);
        }
    }

    /** The value that a field of the answer gets. */
    String value(@Nullable HttpHeader field, String value) {
        if (field == HttpHeader.SET_COOKIE) {
            return options.cookies() ? new InsideCookie(this, value).rewritten() : value;
        }
        boolean location = field == HttpHeader.LOCATION || field == HttpHeader.CONTENT_LOCATION;
        return location && options.locations() ? location(value) : value;
    }

    private String location(String value) {
        if (value.startsWith("/") && !value.startsWith("//")) {
            String path = outside(value);
            return path == null ? value : path;
        }
        int slashes = slashes(value);
        if (slashes < 0) {
            return value;
        }
        int end = endOfAuthority(value, slashes + 2);
        if (!isOwn(value.substring(0, slashes), value.substring(slashes + 2, end))) {
            return value;
        }
        String rest = value.substring(end);
        String path = outside(rest.startsWith("/") ? rest : "/" + rest);
        return path == null ? value : path;
    }

    /** Where the slashes before an authority begin; -1 if there is none, or another scheme than those served here. */
    private static int slashes(String value) {
        int at = value.startsWith("//")
                ? 0
                : value.regionMatches(true, 0, "http:", 0, 5)
                        ? 5
                        : value.regionMatches(true, 0, "https:", 0, 6) ? 6 : -1;
        return at >= 0 && value.startsWith("//", at) ? at : -1;
    }

    private static int endOfAuthority(String value, int from) {
        int at = from;
        while (at < value.length() && "/?#\\".indexOf(value.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private boolean isOwn(String scheme, String text) {
        Authority named = Authority.parse(text);
        if (named == null) {
            return false;
        }
        for (Authority authority : own) {
            if (authority.host().equals(named.host()) && isSamePort(authority.port(), named.port(), scheme)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSamePort(int ours, int named, String scheme) {
        if (ours == named) {
            return true;
        }
        // a port that is not named is that of the scheme, which for an authority alone is not known
        int port = named >= 0 ? named : scheme.equalsIgnoreCase("https:") ? 443 : 80;
        return ours < 0 ? port == 80 || port == 443 : ours == port;
    }

    /** Whether a host name, without port, is one of the upstream's. */
    boolean isOwnHost(String name) {
        Authority named = Authority.parse(name);
        return named != null
                && named.port() < 0
                && own.stream().anyMatch(authority -> authority.host().equals(named.host()));
    }

    /** The same for the path of a cookie, which without a slash at its end is for the path itself, too. */
    @Nullable
    String outsideOfCookie(String inside) {
        String whole = outside(inside);
        return whole != null && !prefix.isEmpty() && whole.equals(prefix + "/") ? prefix : whole;
    }

    /**
     * The path for the client, with whatever follows it.
     *
     * @param inside a path of the upstream's, beginning with a slash
     * @return null if it is none of those that the route leads to, or would be read as another host
     */
    @Nullable
    String outside(String inside) {
        if (!inside.startsWith(base)) {
            return null;
        }
        String path = inside.substring(base.length());
        if (!path.isEmpty() && "/?#".indexOf(path.charAt(0)) < 0) {
            return null;
        }
        String whole = prefix + (path.startsWith("/") ? path : "/" + path);
        boolean another = whole.length() > 1 && (whole.charAt(1) == '/' || whole.charAt(1) == '\\');
        return another ? null : whole;
    }
}
