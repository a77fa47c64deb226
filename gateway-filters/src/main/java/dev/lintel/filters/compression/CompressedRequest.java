package dev.lintel.filters.compression;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A request whose asynchronous end is that of a coded answer too. */
final class CompressedRequest extends HttpServletRequestWrapper {

    private final CompressedResponse answer;

    CompressedRequest(HttpServletRequest request, CompressedResponse answer) {
        super(request);
        this.answer = answer;
    }

    @Override
    public AsyncContext startAsync() {
        return startAsync(this, answer);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        AsyncContext started = super.startAsync(request, response);
        answer.leaveOpen();
        return new CompressedAsync(started, answer);
    }

    @Override
    public AsyncContext getAsyncContext() {
        return new CompressedAsync(super.getAsyncContext(), answer);
    }
}
