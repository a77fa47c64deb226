package dev.lintel.conformance.frames;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Cases of h2spec that the server does not, or not always, end in the way that h2spec asks for.
 *
 * @param section the section of RFC 7540 that h2spec names
 * @param cases their numbers there
 * @param why what comes instead, and why that does no harm
 */
public record H2SpecListed(String section, List<Integer> cases, String why) {

    private static final String ANSWERED =
            "a malformed request is answered with 400 and the rule that it breaks, as RFC 9113"
                    + " section 8.1.1 allows; h2spec asks for a reset";

    private static final String OVER =
            "when a stream has ended, Jetty takes the DATA that still comes for it, gives the window"
                    + " back and says nothing, unless the answer is not there yet: then it resets the stream; no application sees the DATA";

    private static final String BEFORE =
            "the DATA that a larger window sets free may come before the acknowledgement of that"
                    + " window, as RFC 9113 leaves open; h2spec passes over what comes before";

    private static final List<H2SpecListed> ALL = List.of(
            new H2SpecListed("5.1", List.of(5, 8, 11), OVER),
            new H2SpecListed("6.1", List.of(2), OVER),
            new H2SpecListed("6.9.2", List.of(1), BEFORE),
            new H2SpecListed("8.1.2", List.of(1), ANSWERED),
            new H2SpecListed("8.1.2.1", List.of(1, 2), ANSWERED),
            new H2SpecListed("8.1.2.2", List.of(1, 2), ANSWERED),
            new H2SpecListed("8.1.2.3", List.of(1, 2, 3, 4, 5, 6, 7), ANSWERED));

    /** All of them. */
    public static List<H2SpecListed> all() {
        return ALL;
    }

    /** Their names, as {@code http2/5.1/5}. */
    public static Set<String> names() {
        return ALL.stream()
                .flatMap(listed -> listed.cases.stream().map(number -> "http2/" + listed.section + "/" + number))
                .collect(Collectors.toSet());
    }
}
