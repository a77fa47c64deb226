package dev.lintel.conformance.undertow;

import dev.lintel.conformance.Runner;
import dev.lintel.conformance.monolith.Front;
import dev.lintel.conformance.monolith.Monolith;
import dev.lintel.conformance.monolith.MonolithRun;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.MultipartConfigElement;
import java.nio.file.Path;
import java.util.Set;

/** Undertow has no parser of {@code web.xml}: the same application is set up in code. */
class UndertowMonolithConformanceTest extends MonolithRun {

    /** Undertow flushes what it was forwarded to if a filter has wrapped the response, and then sends it in chunks. */
    @Override
    protected Set<String> differing() {
        return Set.of("is forwarded");
    }

    @Override
    protected Runner.Running start(Path webApp, Front front) {
        DeploymentInfo info = Servlets.deployment()
                .setResourceManager(new PathResourceManager(webApp))
                .addWelcomePage(Monolith.WELCOME);
        for (Monolith.Mapping mapping : Monolith.SERVLETS) {
            ServletInfo servlet = Servlets.servlet(mapping.name(), mapping.type())
                    .setAsyncSupported(true)
                    .addMappings(mapping.patterns());
            if (mapping.multipart()) {
                servlet.setMultipartConfig(new MultipartConfigElement("", Monolith.MOST_BYTES, -1, 0));
            }
            info.addServlet(servlet);
        }
        Monolith.ERROR_PAGES.forEach((status, page) -> info.addErrorPage(Servlets.errorPage(page, status)));
        Monolith.EXCEPTION_PAGES.forEach((type, page) -> info.addErrorPage(Servlets.errorPage(page, type)));
        front.router().ifPresent(router -> {
            info.addFilter(new FilterInfo("router", router.getClass(), new ImmediateInstanceFactory<>(router))
                    .setAsyncSupported(true));
            for (DispatcherType dispatch : DispatcherType.values()) {
                info.addFilterUrlMapping("router", "/*", dispatch);
            }
        });
        return UndertowContainer.startDeployment(info);
    }
}
