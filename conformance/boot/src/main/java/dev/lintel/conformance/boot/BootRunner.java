package dev.lintel.conformance.boot;

import dev.lintel.Gateway;
import dev.lintel.conformance.Form;
import dev.lintel.conformance.Runner;
import dev.lintel.router.GatewayServlet;
import dev.lintel.router.RouterFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import java.util.EnumSet;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** A Spring Boot application with everything that Boot configures by itself, in the container of the class path. */
public final class BootRunner implements Runner {

    private static final int AFTER_CONTROLLERS = 10;

    private static final Map<String, Object> PROPERTIES = Map.of(
            "server.port", "0",
            "server.address", "127.0.0.1",
            "spring.main.banner-mode", "off",
            "logging.level.root", "off");

    /** Everything that Boot configures by itself. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    @Override
    public Running run(Form form, Gateway gateway, HttpServlet application) {
        SpringApplication boot = new SpringApplication(Application.class);
        boot.setDefaultProperties(PROPERTIES);
        boot.addInitializers(context -> {
            GenericApplicationContext beans = (GenericApplicationContext) context;
            if (form.inFrontOfApplication()) {
                beans.registerBean("gateway", FilterRegistrationBean.class, () -> filter(gateway));
                beans.registerBean("application", SimpleUrlHandlerMapping.class, () -> handler(application));
            } else {
                beans.registerBean("gateway", ServletRegistrationBean.class, () -> servlet(gateway));
            }
        });
        return new Started(boot.run());
    }

    private static FilterRegistrationBean<RouterFilter> filter(Gateway gateway) {
        FilterRegistrationBean<RouterFilter> registration = new FilterRegistrationBean<>(new RouterFilter(gateway));
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    private static ServletRegistrationBean<GatewayServlet> servlet(Gateway gateway) {
        ServletRegistrationBean<GatewayServlet> registration =
                new ServletRegistrationBean<>(new GatewayServlet(gateway), "/*");
        registration.setLoadOnStartup(1);
        return registration;
    }

    /** Everything that no controller answers, as Boot's own for error pages. */
    private static SimpleUrlHandlerMapping handler(HttpServlet application) {
        HttpRequestHandler handler = application::service;
        return new SimpleUrlHandlerMapping(Map.of("/**", handler), AFTER_CONTROLLERS);
    }

    private record Started(ConfigurableApplicationContext context) implements Runner.Running {

        @Override
        public int port() {
            return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
