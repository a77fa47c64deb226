package dev.lintel.request;

import java.util.List;

/** Cuts leading segments off a raw path without touching the rest. */
final class RawTail {

    private RawTail() {}

    /**
     * The raw text behind a number of segments, slash included. A session id that follows the last of them gets a slash
     * before it: without one it would become part of the host or segment that it is put behind.
     *
     * @param otherwise the answer when nothing is left
     */
    static String after(RequestPath path, int segments, String otherwise) {
        List<String> raw = path.rawSegments();
        int at = 0;
        for (int i = 0; i < segments; i++) {
            at += raw.get(i).length() + 1;
        }
        if (at >= path.raw().length()) {
            return otherwise;
        }
        String tail = path.raw().substring(at);
        return tail.charAt(0) == '/' ? tail : "/" + tail;
    }
}
