package dev.lintel.proxy;

import dev.lintel.HeaderChanges;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Writes the head that the client sees: the upstream's status and its fields, in their order and with their values untouched,
 * minus those of the connection and minus those that filters removed or wrote themselves. Status 205 has no body, and says so: some
 * clients and containers ignore what comes with it, others read it as the next answer (RFC 9110 section 15.3.6).
 */
final class ResponseHeaderCopy {

    private ResponseHeaderCopy() {}

    static void copy(
            int status,
            HttpFields from,
            HeaderChanges changes,
            @Nullable InsideReferences inside,
            HttpServletResponse to) {
        to.setStatus(status);
        List<String> nominated = nominated(from);
        boolean dated = false;
        boolean served = false;
        for (int i = 0; i < from.size(); i++) {
            HttpField field = from.getField(i);
            String name = field.getName();
            if (!isPassed(name, nominated, changes)
                    || (status == 204 || status == 205) && field.getHeader() == HttpHeader.CONTENT_LENGTH) {
                continue;
            }
            String value = field.getValue() == null ? "" : field.getValue();
            if (inside != null) {
                value = inside.value(field.getHeader(), value);
            }
            if (field.getHeader() == HttpHeader.DATE && !dated) {
                // the container's own goes
                dated = true;
                to.setHeader(name, value);
            } else if (field.getHeader() == HttpHeader.SERVER && !served) {
                served = true;
                to.setHeader(name, value);
            } else if (changes.giveWay(name)) {
                to.setHeader(name, value);
            } else {
                to.addHeader(name, value);
                if (field.getHeader() == HttpHeader.CONTENT_TYPE) {
                    VerbatimType.keep(to, value);
                }
            }
        }
        if (status == 205) {
            to.setContentLength(0);
        }
    }

    /** The fields of an interim answer that the client sees. */
    static HttpFields passed(HttpFields from, HeaderChanges changes) {
        List<String> nominated = nominated(from);
        HttpFields.Mutable to = HttpFields.build();
        for (HttpField field : from) {
            if (isPassed(field.getName(), nominated, changes)) {
                to.add(field);
            }
        }
        return to;
    }

    private static boolean isPassed(String name, @Nullable List<String> nominated, HeaderChanges changes) {
        return !HopByHop.isHopByHop(name) && !HopByHop.contains(nominated, name) && !changes.hides(name);
    }

    private static @Nullable List<String> nominated(HttpFields from) {
        List<String> names = null;
        for (int i = 0; i < from.size(); i++) {
            HttpField field = from.getField(i);
            if (field.getHeader() == HttpHeader.CONNECTION && field.getValue() != null) {
                names = HopByHop.collect(field.getValue(), names);
            }
        }
        return names;
    }
}
