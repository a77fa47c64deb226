package dev.lintel.conformance;

import dev.lintel.Gateway;
import dev.lintel.router.GatewayServlet;
import dev.lintel.router.RouterFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.util.EnumSet;

/** A servlet container with its defaults, as somebody else would run it. */
public interface ServletContainer extends Runner {

    /** Starts one application at the root, on a free port of 127.0.0.1. */
    Running start(ServletContainerInitializer application);

    @Override
    default Running run(Form form, Gateway gateway, HttpServlet application) {
        return start((classes, context) -> {
            if (form.inFrontOfApplication()) {
                add(context, new RouterFilter(gateway));
                add(context, "application", application);
            } else {
                add(context, "gateway", new GatewayServlet(gateway));
            }
        });
    }

    /** An application that is a gateway and nothing else. */
    static ServletContainerInitializer servlet(Gateway gateway) {
        return (classes, context) -> add(context, "gateway", new GatewayServlet(gateway));
    }

    private static void add(ServletContext context, String name, Servlet servlet) {
        ServletRegistration.Dynamic registration = context.addServlet(name, servlet);
        registration.setAsyncSupported(true);
        registration.setLoadOnStartup(1);
        registration.addMapping("/*");
    }

    private static void add(ServletContext context, Filter filter) {
        FilterRegistration.Dynamic registration = context.addFilter("gateway", filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }
}
