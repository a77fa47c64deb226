package dev.lintel.filters.compression;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of codings (RFC 9110 section 12.5.3). A weight that cannot be read counts as zero.
 *
 * @param gzip whether it takes gzip, and does not like an uncoded answer better
 * @param identity whether it takes an uncoded answer
 */
record AcceptEncoding(boolean gzip, boolean identity) {

    private static final Pattern WEIGHT = Pattern.compile("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)");

    private static final AcceptEncoding NO_TRANSFORM = new AcceptEncoding(false, true);

    /** Of a request; one that says {@code Cache-Control: no-transform} takes what there is (RFC 9111 section 5.2.1.6). */
    static AcceptEncoding of(HttpServletRequest request) {
        Enumeration<String> lines = request.getHeaders("Cache-Control");
        while (lines != null && lines.hasMoreElements()) {
            for (String directive : lines.nextElement().split(",", -1)) {
                if (directive.strip().equalsIgnoreCase("no-transform")) {
                    return NO_TRANSFORM;
                }
            }
        }
        return parse(request.getHeaders("Accept-Encoding"));
    }

    /** Reads the lines of the field. */
    static AcceptEncoding parse(@Nullable Enumeration<String> lines) {
        double gzip = -1;
        double identity = -1;
        double any = -1;
        while (lines != null && lines.hasMoreElements()) {
            for (String member : lines.nextElement().split(",", -1)) {
                int end = member.indexOf(';');
                String coding =
                        (end < 0 ? member : member.substring(0, end)).strip().toLowerCase(Locale.ROOT);
                double weight = end < 0 ? 1 : weight(member.substring(end + 1));
                switch (coding) {
                    case "gzip", "x-gzip" -> gzip = Math.max(gzip, weight);
                    case "identity" -> identity = Math.max(identity, weight);
                    case "*" -> any = Math.max(any, weight);
                    default -> {}
                }
            }
        }
        double coded = gzip >= 0 ? gzip : any;
        boolean uncoded = identity >= 0 ? identity > 0 : any != 0;
        return new AcceptEncoding(coded > 0 && coded >= identity, uncoded);
    }

    /** RFC 9110 section 12.4.2. */
    private static double weight(String parameter) {
        String text = parameter.strip().toLowerCase(Locale.ROOT);
        return WEIGHT.matcher(text).matches() ? Double.parseDouble(text.substring(2)) : 0;
    }
}
