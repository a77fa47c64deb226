package dev.lintel.filters.cache;

import dev.lintel.HeaderField;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By what it is told whether an answer is still the right one (RFC 9110 section 8.8). Immutable.
 *
 * @param tag its entity tag as it is written; null for none that is well-formed
 * @param modified its {@code Last-Modified} as it is written; null for none that is a date
 * @param seconds when it was changed as far as it is known: by that date, else by when it was made (RFC 9111 section 4.3.2)
 */
record Validators(@Nullable String tag, @Nullable String modified, long seconds) {

    static Validators of(List<HeaderField> fields, Instant came) {
        List<String> tags = ResponseHead.lines(fields, "ETag");
        String tag = tags.size() == 1 && isTag(tags.get(0)) ? tags.get(0) : null;
        String line = ResponseHead.first(fields, "Last-Modified");
        Long modified = HttpDate.parse(line, came);
        Long date = modified == null ? HttpDate.parse(ResponseHead.first(fields, "Date"), came) : modified;
        return new Validators(tag, modified == null ? null : line, date == null ? came.getEpochSecond() : date);
    }

    /** Whether there is anything to ask by. */
    boolean areAny() {
        return tag != null || modified != null;
    }

    /** A condition of a request that asks whether something is new; lines of each field as they came. */
    record Condition(List<String> tags, List<String> dates) {

        static final Condition NONE = new Condition(List.of(), List.of());

        static Condition of(HttpServletRequest request) {
            Enumeration<String> tags = request.getHeaders("If-None-Match");
            Enumeration<String> dates = request.getHeaders("If-Modified-Since");
            return tags.hasMoreElements() || dates.hasMoreElements()
                    ? new Condition(Collections.list(tags), Collections.list(dates))
                    : NONE;
        }

        boolean isNone() {
            return tags.isEmpty() && dates.isEmpty();
        }
    }

    /** Whether who asks so has it already (RFC 9110 section 13.2.2). */
    boolean fulfil(Condition condition, Instant now) {
        if (!condition.tags().isEmpty()) {
            return isAmong(condition.tags());
        }
        if (condition.dates().size() != 1) {
            return false;
        }
        Long since = HttpDate.parse(condition.dates().get(0), now);
        return since != null && seconds <= since;
    }

    private boolean isAmong(List<String> lines) {
        if (lines.size() == 1 && lines.get(0).strip().equals("*")) {
            return true;
        }
        String own = tag == null ? null : opaque(tag);
        if (own == null) {
            return false;
        }
        for (String line : lines) {
            List<String> tags = tags(line);
            if (tags == null) {
                return false;
            }
            for (String each : tags) {
                if (opaque(each).equals(own)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The tag without its mark of weakness. */
    static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    static boolean isTag(String text) {
        List<String> tags = tags(text);
        return tags != null && tags.size() == 1 && tags.get(0).equals(text);
    }

    /** The tags of a list; null if it is none. */
    private static @Nullable List<String> tags(String list) {
        List<String> tags = new ArrayList<>(1);
        int i = 0;
        while (true) {
            while (i < list.length() && (list.charAt(i) == ' ' || list.charAt(i) == '\t' || list.charAt(i) == ',')) {
                i++;
            }
            if (i == list.length()) {
                return tags;
            }
            int start = i;
            i += list.startsWith("W/", i) ? 2 : 0;
            int end = i < list.length() && list.charAt(i) == '"' ? list.indexOf('"', i + 1) : -1;
            boolean whole = end >= 0 && (end + 1 == list.length() || " \t,".indexOf(list.charAt(end + 1)) >= 0);
            if (!whole || list.substring(i, end).chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
                return null;
            }
            i = end + 1;
            tags.add(list.substring(start, i));
        }
    }
}
