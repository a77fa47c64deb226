package dev.lintel.config.lint;

import dev.lintel.request.AddressBlock;
import dev.lintel.request.IpAddress;
import dev.lintel.upstream.Target;
import java.util.List;
import java.util.Locale;

/** What is near: this machine, private networks, and names that only they know. */
final class Neighbourhood {

    private static final List<AddressBlock> NEAR = List.of(
            AddressBlock.parse("127.0.0.0/8"),
            AddressBlock.parse("10.0.0.0/8"),
            AddressBlock.parse("172.16.0.0/12"),
            AddressBlock.parse("192.168.0.0/16"),
            AddressBlock.parse("169.254.0.0/16"),
            AddressBlock.parse("::1"),
            AddressBlock.parse("fc00::/7"),
            AddressBlock.parse("fe80::/10"));

    private static final List<String> NEAR_DOMAINS =
            List.of("localhost", ".localhost", ".local", ".internal", ".svc", ".cluster.local", ".lan", ".test");

    private Neighbourhood() {}

    /** Whether requests to a target leave the neighbourhood in clear text; false for what is no target. */
    static boolean leavesInClear(String url) {
        try {
            Target target = Target.parse(url);
            return target.scheme().equals("http") && !isNear(target.host());
        } catch (IllegalArgumentException told) {
            return false;
        }
    }

    static boolean isLoopback(String host) {
        IpAddress address = IpAddress.parse(bare(host));
        return address == null
                ? host.equalsIgnoreCase("localhost")
                : NEAR.get(0).contains(address) || NEAR.get(5).contains(address);
    }

    /** Whether a host, without port, is in the neighbourhood. */
    static boolean isNear(String host) {
        IpAddress address = IpAddress.parse(bare(host));
        if (address != null) {
            return NEAR.stream().anyMatch(block -> block.contains(address));
        }
        String name = host.toLowerCase(Locale.ROOT);
        return name.indexOf('.') < 0 || NEAR_DOMAINS.stream().anyMatch(name::endsWith);
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
