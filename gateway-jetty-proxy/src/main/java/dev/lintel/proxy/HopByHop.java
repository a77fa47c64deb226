package dev.lintel.proxy;

import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which fields belong to one connection and are not passed on (RFC 9110 section 7.6.1). */
final class HopByHop {

    private HopByHop() {}

    /** Whether a field is never passed on. {@code TE} is one of them; see {@link RequestHeaderCopy}. */
    static boolean isHopByHop(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("TE");
            case 7 -> name.equalsIgnoreCase("Trailer") || name.equalsIgnoreCase("Upgrade");
            case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
            case 14 -> name.equalsIgnoreCase("HTTP2-Settings");
            case 16 -> name.equalsIgnoreCase("Proxy-Connection");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            case 18 -> name.equalsIgnoreCase("Proxy-Authenticate");
            case 19 -> name.equalsIgnoreCase("Proxy-Authorization");
            default -> false;
        };
    }

    /** The names that {@code Connection} lines nominate; null for none but the usual options. */
    static @Nullable List<String> nominated(Enumeration<String> connectionLines) {
        List<String> names = null;
        while (connectionLines.hasMoreElements()) {
            names = collect(connectionLines.nextElement(), names);
        }
        return names;
    }

    /** Adds what one {@code Connection} line nominates. */
    static @Nullable List<String> collect(String line, @Nullable List<String> known) {
        List<String> names = known;
        int start = 0;
        while (start <= line.length()) {
            int comma = line.indexOf(',', start);
            int end = comma < 0 ? line.length() : comma;
            String name = line.substring(start, end).strip();
            if (!name.isEmpty() && !name.equalsIgnoreCase("close") && !name.equalsIgnoreCase("keep-alive")) {
                if (names == null) {
                    names = new ArrayList<>(2);
                }
                names.add(name);
            }
            start = end + 1;
        }
        return names;
    }

    /** Whether a name is among those nominated. */
    static boolean contains(@Nullable List<String> nominated, String name) {
        if (nominated != null) {
            for (int i = 0; i < nominated.size(); i++) {
                if (nominated.get(i).equalsIgnoreCase(name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
