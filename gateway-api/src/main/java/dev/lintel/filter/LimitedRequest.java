package dev.lintel.filter;

import dev.lintel.Exchange;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A request whose body ends with an exception where its limit is. */
final class LimitedRequest extends HttpServletRequestWrapper {

    private final @Nullable Exchange counting;
    private final long most;
    private @Nullable ServletInputStream input;
    private @Nullable BufferedReader reader;

    LimitedRequest(HttpServletRequest request, @Nullable Exchange counting, long most) {
        super(request);
        this.counting = counting;
        this.most = most;
    }

    /** The same limit around another view of the request; what was read through this one counts there. */
    LimitedRequest around(HttpServletRequest other) {
        LimitedRequest limited = new LimitedRequest(other, counting, most);
        limited.input = input;
        limited.reader = reader;
        return limited;
    }

    /** Keeps the limit when an application that goes asynchronous without naming its request has it dispatched. */
    @Override
    public AsyncContext startAsync() {
        return getRequest() instanceof ExchangeRequest view ? view.startAsync(this) : super.startAsync();
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (input == null) {
            input = new LimitedInput(super.getInputStream(), counting, most);
        }
        return input;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        if (reader == null) {
            String named = getCharacterEncoding();
            Charset charset = named == null ? StandardCharsets.ISO_8859_1 : Charset.forName(named);
            reader = new BufferedReader(new InputStreamReader(getInputStream(), charset));
        }
        return reader;
    }
}
