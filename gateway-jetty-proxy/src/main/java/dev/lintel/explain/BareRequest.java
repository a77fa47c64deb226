package dev.lintel.explain;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletConnection;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.security.Principal;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request without a container: what there is only in one, such as a session or a body, cannot be asked for. Not thread-safe. */
public abstract class BareRequest implements HttpServletRequest {

    private final Map<String, Object> attributes = new HashMap<>();

    /** A request without attributes. */
    protected BareRequest() {}

    private static UnsupportedOperationException absent(String what) {
        return new UnsupportedOperationException(what + ": none (expected: a request that is served)");
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(attributes.keySet());
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
    }

    @Override
    public @Nullable String getCharacterEncoding() {
        return null;
    }

    @Override
    public void setCharacterEncoding(String encoding) {
        throw absent("body");
    }

    @Override
    public ServletInputStream getInputStream() {
        throw absent("body");
    }

    @Override
    public BufferedReader getReader() {
        throw absent("body");
    }

    @Override
    public @Nullable String getParameter(String name) {
        throw absent("parameters");
    }

    @Override
    public Enumeration<String> getParameterNames() {
        throw absent("parameters");
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        throw absent("parameters");
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        throw absent("parameters");
    }

    @Override
    public Locale getLocale() {
        return Locale.ROOT;
    }

    @Override
    public Enumeration<Locale> getLocales() {
        return Collections.enumeration(java.util.List.of(Locale.ROOT));
    }

    @Override
    public @Nullable RequestDispatcher getRequestDispatcher(String path) {
        return null;
    }

    @Override
    public ServletContext getServletContext() {
        throw absent("application");
    }

    @Override
    public AsyncContext startAsync() {
        throw new IllegalStateException("asynchronous: no (expected: a request that is served)");
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return startAsync();
    }

    @Override
    public boolean isAsyncStarted() {
        return false;
    }

    @Override
    public boolean isAsyncSupported() {
        return true;
    }

    @Override
    public AsyncContext getAsyncContext() {
        throw new IllegalStateException("asynchronous: no (expected: a request that is served)");
    }

    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }

    @Override
    public String getRequestId() {
        return "";
    }

    @Override
    public String getProtocolRequestId() {
        return "";
    }

    @Override
    public ServletConnection getServletConnection() {
        throw absent("connection");
    }

    @Override
    public @Nullable String getAuthType() {
        return null;
    }

    @Override
    public Cookie @Nullable [] getCookies() {
        return null;
    }

    @Override
    public @Nullable String getPathInfo() {
        return null;
    }

    @Override
    public @Nullable String getPathTranslated() {
        return null;
    }

    @Override
    public String getContextPath() {
        return "";
    }

    @Override
    public String getServletPath() {
        return "";
    }

    @Override
    public @Nullable String getRemoteUser() {
        return null;
    }

    @Override
    public boolean isUserInRole(String role) {
        return false;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return null;
    }

    @Override
    public @Nullable String getRequestedSessionId() {
        return null;
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        return null;
    }

    @Override
    public HttpSession getSession() {
        throw absent("session");
    }

    @Override
    public String changeSessionId() {
        throw new IllegalStateException("session: none (expected: a request that is served)");
    }

    @Override
    public boolean isRequestedSessionIdValid() {
        return false;
    }

    @Override
    public boolean isRequestedSessionIdFromCookie() {
        return false;
    }

    @Override
    public boolean isRequestedSessionIdFromURL() {
        return false;
    }

    @Override
    public boolean authenticate(HttpServletResponse response) {
        return false;
    }

    @Override
    public void login(String name, String password) {
        throw absent("login");
    }

    @Override
    public void logout() {
        throw absent("login");
    }

    @Override
    public Collection<Part> getParts() {
        throw absent("body");
    }

    @Override
    public @Nullable Part getPart(String name) {
        throw absent("body");
    }

    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> handlerClass) {
        throw absent("connection");
    }
}
