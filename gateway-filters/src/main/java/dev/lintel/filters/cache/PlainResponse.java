package dev.lintel.filters.cache;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/** A response whose fields are all told as texts. */
abstract class PlainResponse extends HttpServletResponseWrapper {

    PlainResponse(HttpServletResponse response) {
        super(response);
    }

    @Override
    public final void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public final void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public final void setDateHeader(String name, long date) {
        setHeader(name, HttpDate.format(date));
    }

    @Override
    public final void addDateHeader(String name, long date) {
        addHeader(name, HttpDate.format(date));
    }

    @Override
    public final void setContentLength(int length) {
        setContentLengthLong(length);
    }
}
