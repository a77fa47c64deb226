package dev.lintel.router;

import dev.lintel.filter.GatewayState;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of filters and servlets that a gateway runs itself: no init-params, the real context, and what filters
 * before have left.
 */
record SyntheticConfig(String name, ServletContext context, GatewayState.Part state)
        implements FilterConfig, ServletConfig, GatewayState.Offer {

    @Override
    public String getFilterName() {
        return name;
    }

    @Override
    public String getServletName() {
        return name;
    }

    @Override
    public ServletContext getServletContext() {
        return context;
    }

    @Override
    public @Nullable String getInitParameter(String option) {
        return null;
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
        return Collections.emptyEnumeration();
    }
}
