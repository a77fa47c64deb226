package dev.lintel.upstream;

import dev.lintel.option.Problems;
import dev.lintel.request.Authority;
import java.util.List;

/**
 * What of an upstream's answers is changed so that it leads back through the gateway. Nothing by default: without it all fields
 * pass as they are.
 *
 * @param locations whether {@code Location} and {@code Content-Location} that name the upstream are
 * @param cookies whether {@code Domain} and {@code Path} of {@code Set-Cookie} are
 * @param hosts what the upstream calls itself beside its target and the {@code Host} that it sees: {@code host[:port]}
 */
public record AnswerRewrite(boolean locations, boolean cookies, List<String> hosts) {

    /** Nothing is changed. */
    public static final AnswerRewrite NONE = new AnswerRewrite(false, false, List.of());

    /** Copies the hosts. */
    public AnswerRewrite {
        hosts = List.copyOf(hosts);
    }

    /** The same with locations, and more hosts. */
    public AnswerRewrite withLocations(List<String> more) {
        return new AnswerRewrite(true, cookies, joined(more));
    }

    /** The same with cookies, and more hosts. */
    public AnswerRewrite withCookies(List<String> more) {
        return new AnswerRewrite(locations, true, joined(more));
    }

    /** Whether nothing is changed. */
    public boolean isNone() {
        return !locations && !cookies;
    }

    /**
     * Notes what is wrong.
     *
     * @param problems where it is noted
     */
    public void check(Problems problems) {
        for (String host : hosts) {
            boolean valid = Authority.parse(host) != null;
            problems.require(valid, "rewriteLocations", valid ? host : "not shown", "host[:port]");
        }
    }

    private List<String> joined(List<String> more) {
        List<String> all = new java.util.ArrayList<>(hosts);
        more.stream().filter(host -> !all.contains(host)).forEach(all::add);
        return all;
    }
}
