package dev.lintel.filter;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Keeps a request's id in the logging context (MDC) of the thread that works on it, for as long as it does. */
public final class LogContext {

    /** The key under which the id stands. */
    public static final String REQUEST_ID = "request_id";

    private LogContext() {}

    /**
     * Puts an id there.
     *
     * @param id the id of the request, or null if it has none
     * @return what was there before, for {@link #leave}
     */
    public static @Nullable String enter(@Nullable String id) {
        String before = MDC.get(REQUEST_ID);
        if (id != null) {
            MDC.put(REQUEST_ID, id);
        }
        return before;
    }

    /** Puts back what was there before. */
    public static void leave(@Nullable String before) {
        if (before == null) {
            MDC.remove(REQUEST_ID);
        } else {
            MDC.put(REQUEST_ID, before);
        }
    }
}
