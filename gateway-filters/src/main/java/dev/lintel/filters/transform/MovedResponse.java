package dev.lintel.filters.transform;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A response in which fields of the destination get another name, or a second one. */
final class MovedResponse extends HttpServletResponseWrapper {

    /** RFC 9110 section 5.6.7. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final List<FieldEdits.Move> rename;
    private final List<FieldEdits.Move> copy;

    MovedResponse(HttpServletResponse response, FieldEdits edits) {
        super(response);
        this.rename = edits.rename();
        this.copy = edits.copy();
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        super.setHeader(nameOf(name), value);
        for (int i = 0; i < copy.size(); i++) {
            if (copy.get(i).selector().matches(name)) {
                super.setHeader(copy.get(i).to(), value);
            }
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        super.addHeader(nameOf(name), value);
        for (int i = 0; i < copy.size(); i++) {
            if (copy.get(i).selector().matches(name)) {
                super.addHeader(copy.get(i).to(), value);
            }
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public void setDateHeader(String name, long date) {
        setHeader(name, DATE.format(Instant.ofEpochMilli(date)));
    }

    @Override
    public void addDateHeader(String name, long date) {
        addHeader(name, DATE.format(Instant.ofEpochMilli(date)));
    }

    private String nameOf(String name) {
        for (int i = 0; i < rename.size(); i++) {
            if (rename.get(i).selector().matches(name)) {
                return rename.get(i).to();
            }
        }
        return name;
    }
}
