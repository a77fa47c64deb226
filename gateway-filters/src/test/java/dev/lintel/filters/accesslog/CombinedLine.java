package dev.lintel.filters.accesslog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of the combined format, read by a reader that accepts nothing but what the format promises. */
record CombinedLine(
        String client,
        String user,
        String time,
        String method,
        String target,
        String protocol,
        int status,
        long bytes,
        String referer,
        String userAgent) {

    private static final String WORD = "((?:[!#-\\[\\]-~]++|\\\\x[0-9A-F]{2})++)";
    private static final String QUOTED = "((?:[ !#-\\[\\]-~]++|\\\\x[0-9A-F]{2})++)";
    private static final Pattern FORM = Pattern.compile(WORD + " - " + WORD
            + " \\[(\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000)] \"" + WORD + " " + WORD + " " + WORD
            + "\" (\\d{3}) (\\d+) \"" + QUOTED + "\" \"" + QUOTED + "\"");

    static CombinedLine read(String line) {
        Matcher matcher = FORM.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("not a combined line: " + line);
        }
        return new CombinedLine(
                matcher.group(1),
                matcher.group(2),
                matcher.group(3),
                matcher.group(4),
                matcher.group(5),
                matcher.group(6),
                Integer.parseInt(matcher.group(7)),
                Long.parseLong(matcher.group(8)),
                matcher.group(9),
                matcher.group(10));
    }
}
