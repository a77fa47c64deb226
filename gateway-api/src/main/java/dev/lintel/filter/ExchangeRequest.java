package dev.lintel.filter;

import dev.lintel.Exchange;
import dev.lintel.HeaderChanges;
import dev.lintel.HeaderField;
import dev.lintel.request.QueryParameters;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A view of a request with the changes that filters made to its header fields, and without the query parameters that they
 * hid. One for all filters; holds nothing itself.
 */
public final class ExchangeRequest extends HttpServletRequestWrapper {

    private final Exchange exchange;
    private final HeaderChanges changes;
    private @Nullable HttpServletResponse answer;

    private ExchangeRequest(HttpServletRequest request, Exchange exchange) {
        super(request);
        this.exchange = exchange;
        this.changes = exchange.requestHeaders();
    }

    /** The view of a request: itself if it is one already, else a new one around it. */
    public static ExchangeRequest of(HttpServletRequest request, Exchange exchange) {
        return request instanceof ExchangeRequest view && view.exchange == exchange
                ? view
                : new ExchangeRequest(request, exchange);
    }

    /**
     * Names the response that goes with this view, so that an application that goes asynchronous without naming either is
     * dispatched with both views and not with what is below them.
     *
     * @param view the response as the application gets it
     * @return this
     */
    public ExchangeRequest answeredBy(HttpServletResponse view) {
        this.answer = view;
        return this;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        // which all filters ask for
        return name.equals(Exchange.ATTRIBUTE) ? exchange : super.getAttribute(name);
    }

    @Override
    public AsyncContext startAsync() {
        return startAsync(this);
    }

    /** The same for the view that the application has: this one, or one around it. */
    AsyncContext startAsync(HttpServletRequest outer) {
        HttpServletResponse named = answer;
        return named == null ? super.startAsync() : super.startAsync(lastDispatched(outer), named);
    }

    /**
     * What a dispatch without a path leads back to: where the container itself sent the request last, even if the application
     * has forwarded it since (Servlet 6.0, {@link AsyncContext#dispatch()}). Limits of its body stay around it.
     */
    private HttpServletRequest lastDispatched(HttpServletRequest outer) {
        if (getDispatcherType() != DispatcherType.FORWARD) {
            return outer;
        }
        Deque<LimitedRequest> limits = new ArrayDeque<>();
        ServletRequest below = outer;
        while (below instanceof ServletRequestWrapper wrapper) {
            if (wrapper instanceof LimitedRequest limit) {
                limits.push(limit);
            }
            below = wrapper.getRequest();
        }
        HttpServletRequest view = of((HttpServletRequest) below, exchange);
        for (LimitedRequest limit : limits) {
            view = limit.around(view);
        }
        return view;
    }

    @Override
    public Map<String, String> getTrailerFields() {
        Map<String, String> shown = new LinkedHashMap<>(super.getTrailerFields());
        shown.keySet().removeIf(changes::hides);
        return shown;
    }

    /**
     * The lines of a field as they came to the gateway, whatever filters have removed or written since. For the filter that
     * owns a field and decides itself whether it believes what comes from outside.
     *
     * @param name the field's name, compared without case
     * @return the lines in order; none if there are none
     */
    public Enumeration<String> incoming(String name) {
        ExchangeRequest innermost = this;
        ServletRequest below = getRequest();
        while (below instanceof ServletRequestWrapper wrapper) {
            if (wrapper instanceof ExchangeRequest view && view.exchange == exchange) {
                innermost = view;
            }
            below = wrapper.getRequest();
        }
        return innermost.below(name);
    }

    private Enumeration<String> below(String name) {
        return super.getHeaders(name);
    }

    @Override
    public @Nullable String getHeader(String name) {
        String written = changes.value(name);
        return written != null || changes.hides(name) ? written : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        if (changes.isEmpty() || !changes.hides(name)) {
            return super.getHeaders(name);
        }
        List<String> values = new ArrayList<>(1);
        for (HeaderField field : changes.written()) {
            if (field.name().equalsIgnoreCase(name)) {
                values.add(field.value());
            }
        }
        return Collections.enumeration(values);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        if (changes.isEmpty()) {
            return super.getHeaderNames();
        }
        List<String> names = new ArrayList<>();
        for (Enumeration<String> all = super.getHeaderNames(); all.hasMoreElements(); ) {
            String name = all.nextElement();
            if (!changes.hides(name)) {
                names.add(name);
            }
        }
        for (HeaderField field : changes.written()) {
            if (names.stream().noneMatch(field.name()::equalsIgnoreCase)) {
                names.add(field.name());
            }
        }
        return Collections.enumeration(names);
    }

    @Override
    public int getIntHeader(String name) {
        String value = getHeader(name);
        return value == null ? -1 : Integer.parseInt(value);
    }

    @Override
    public long getDateHeader(String name) {
        if (!changes.hides(name)) {
            return super.getDateHeader(name);
        }
        String written = changes.value(name);
        try {
            return written == null
                    ? -1
                    : ZonedDateTime.parse(written, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()
                            .toEpochMilli();
        } catch (DateTimeParseException other) {
            throw new IllegalArgumentException(
                    name + ": not shown (expected: a date of RFC 9110 section 5.6.7)", other);
        }
    }

    @Override
    public @Nullable String getQueryString() {
        String query = super.getQueryString();
        for (String hidden : exchange.hiddenQueryParameters()) {
            query = QueryParameters.without(query, hidden);
        }
        return query;
    }

    @Override
    public @Nullable String getParameter(String name) {
        if (!exchange.hiddenQueryParameters().contains(name)) {
            return super.getParameter(name);
        }
        String[] shown = getParameterValues(name);
        return shown == null ? null : shown[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        String[] all = super.getParameterValues(name);
        return all == null || !exchange.hiddenQueryParameters().contains(name) ? all : withoutQuery(name, all);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        if (exchange.hiddenQueryParameters().isEmpty()) {
            return super.getParameterMap();
        }
        Map<String, String[]> shown = new LinkedHashMap<>(super.getParameterMap());
        for (String hidden : exchange.hiddenQueryParameters()) {
            shown.computeIfPresent(hidden, this::withoutQuery);
        }
        return Collections.unmodifiableMap(shown);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return exchange.hiddenQueryParameters().isEmpty()
                ? super.getParameterNames()
                : Collections.enumeration(getParameterMap().keySet());
    }

    /** What a form body has under a name: values of the query come first (Servlet 6.0 section 3.1). */
    private String @Nullable [] withoutQuery(String name, String[] all) {
        int fromQuery = QueryParameters.values(super.getQueryString(), name).size();
        return fromQuery >= all.length ? null : Arrays.copyOfRange(all, fromQuery, all.length);
    }
}
