package dev.lintel.conformance.frames;

import java.util.List;

/**
 * Rows of bad requests that a container takes for good ones, without harm: an upstream sees one request, by one host.
 *
 * @param container the container
 * @param rows their names
 * @param why what it does
 */
public record TakenFrames(String container, List<String> rows, String why) {

    private static final List<TakenFrames> ALL = List.of(
            new TakenFrames(
                    "Jetty ee11",
                    List.of("8.3.1 neither authority nor host"),
                    "it goes by the address of the connection, and applications cannot tell"),
            new TakenFrames("Jetty ee11", List.of("F06 more fields than allowed"), "it limits their length alone"),
            new TakenFrames(
                    "Jetty ee11",
                    List.of("8.1 second HEADERS without end"),
                    "it takes trailers for the end although they do not say so"),
            new TakenFrames(
                    "Tomcat 11",
                    List.of("F06 more fields than allowed"),
                    "it takes a hundred and more; Http2Protocol.setMaxHeaderCount sets another limit"),
            new TakenFrames(
                    "Undertow",
                    List.of(
                            "8.3.1 two authorities",
                            "8.3.1 two hosts",
                            "8.3.1 host that contradicts",
                            "8.3.1 neither authority nor host"),
                    "it keeps one of them, or the address of the connection, and applications see no other"),
            new TakenFrames(
                    "Undertow",
                    List.of("F10 8.1.1 longer than content-length", "F10 8.1.1 longer in two pieces"),
                    "it cuts the content to its length"),
            new TakenFrames(
                    "Undertow",
                    List.of("8.1 second HEADERS without end"),
                    "it takes trailers for the end although they do not say so"),
            new TakenFrames(
                    "Undertow",
                    List.of("F06 more fields than allowed", "F06 list of fields longer than allowed"),
                    "it takes two hundred, and a mebibyte; UndertowOptions.MAX_HEADERS and MAX_HEADER_SIZE set other limits"));

    /** All of them. */
    public static List<TakenFrames> all() {
        return ALL;
    }

    /** Whether a container takes a row. */
    public static boolean has(String container, FrameRow row) {
        return ALL.stream().anyMatch(taken -> taken.container.equals(container) && taken.rows.contains(row.name()));
    }
}
