package dev.lintel.filter;

import dev.lintel.FilterTraits;
import dev.lintel.Stage;
import dev.lintel.request.HeaderSelector;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A filter of any kind that is initialised with options of its own, since a gateway has none for it. Thread-safe as that one is. */
class ToldFilter implements Filter, NonWaiting {

    private final Filter filter;
    private final Map<String, String> params;

    ToldFilter(Filter filter, Map<String, String> params) {
        this.filter = filter;
        this.params = params;
    }

    /** One that says where it belongs and what it writes. */
    static final class WithTraits extends ToldFilter implements FilterTraits {

        private final FilterTraits traits;

        WithTraits(Filter filter, FilterTraits traits, Map<String, String> params) {
            super(filter, params);
            this.traits = traits;
        }

        @Override
        public @Nullable Stage stage() {
            return traits.stage();
        }

        @Override
        public HeaderSelector ownedRequestHeaders() {
            return traits.ownedRequestHeaders();
        }

        @Override
        public Set<String> credentialNames() {
            return traits.credentialNames();
        }

        @Override
        public boolean isReady() {
            return traits.isReady();
        }
    }

    @Override
    public boolean neverWaits() {
        return filter instanceof NonWaiting marked && marked.neverWaits();
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        filter.init(new Config(config, params));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        filter.doFilter(request, response, chain);
    }

    @Override
    public void destroy() {
        filter.destroy();
    }

    /** That of the filter; nothing of the options, one of which may be a secret. */
    @Override
    public String toString() {
        return filter.toString();
    }

    private record Config(FilterConfig given, Map<String, String> params) implements FilterConfig {
        @Override
        public String getFilterName() {
            return given.getFilterName();
        }

        @Override
        public ServletContext getServletContext() {
            return given.getServletContext();
        }

        @Override
        public @Nullable String getInitParameter(String option) {
            return params.get(option);
        }

        @Override
        public Enumeration<String> getInitParameterNames() {
            return Collections.enumeration(params.keySet());
        }

        @Override
        public String toString() {
            return "Config[" + given.getFilterName() + "]";
        }
    }
}
