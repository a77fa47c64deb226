package dev.lintel.proxy;

import dev.lintel.request.FieldLines;
import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** The lines of a request's head where they can be seen as the container has them. Confined to its request. */
public final class ReceivedLines implements FieldLines {

    private final HttpFields fields;

    private ReceivedLines(HttpFields fields) {
        this.fields = fields;
    }

    /** Those of a request; null if the container does not let them be seen, or somebody has put another request around its own. */
    public static @Nullable FieldLines of(HttpServletRequest request) {
        HttpFields fields = ClientConnection.fieldsOf(request);
        return fields == null ? null : new ReceivedLines(fields);
    }

    @Override
    public int count() {
        return fields.size();
    }

    @Override
    public String name(int index) {
        return fields.getField(index).getName();
    }

    @Override
    public String value(int index) {
        String value = fields.getField(index).getValue();
        return value == null ? "" : value;
    }
}
