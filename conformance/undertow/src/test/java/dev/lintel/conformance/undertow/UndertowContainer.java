package dev.lintel.conformance.undertow;

import dev.lintel.conformance.Runner;
import dev.lintel.conformance.ServletContainer;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Embedded Undertow 2.3 with its defaults. */
final class UndertowContainer implements ServletContainer {

    // held, because the log manager forgets the settings of a logger nobody holds
    private static final List<Logger> LOGS = List.of(Logger.getLogger("io.undertow"), Logger.getLogger("org.xnio"));

    @Override
    public Running start(ServletContainerInitializer application) {
        return startDeployment(described(application));
    }

    /** The same with HTTP/2 in clear text. */
    Running startHttp2(ServletContainerInitializer application) {
        return start(described(application), Undertow.builder().setServerOption(UndertowOptions.ENABLE_HTTP2, true));
    }

    private static DeploymentInfo described(ServletContainerInitializer application) {
        return Servlets.deployment()
                .addServletContainerInitializer(new ServletContainerInitializerInfo(
                        application.getClass(), new ImmediateInstanceFactory<>(application), Set.of()));
    }

    /** Starts what is described, at the root. */
    static Running startDeployment(DeploymentInfo info) {
        return start(info, Undertow.builder());
    }

    private static Running start(DeploymentInfo info, Undertow.Builder builder) {
        LOGS.forEach(log -> log.setLevel(Level.OFF));
        info.setClassLoader(UndertowContainer.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("conformance");
        DeploymentManager manager = Servlets.newContainer().addDeployment(info);
        try {
            manager.deploy();
            Undertow server = builder.addHttpListener(0, "127.0.0.1")
                    .setIoThreads(2)
                    .setWorkerThreads(16)
                    .setHandler(manager.start())
                    .build();
            server.start();
            return new Started(server, manager);
        } catch (ServletException e) {
            throw new IllegalStateException("application: not started by Undertow", e);
        }
    }

    private record Started(Undertow server, DeploymentManager manager) implements Runner.Running {

        @Override
        public int port() {
            return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
        }

        @Override
        public void close() {
            try {
                manager.stop();
                manager.undeploy();
            } catch (ServletException e) {
                throw new IllegalStateException("application: not stopped by Undertow", e);
            } finally {
                server.stop();
            }
        }
    }
}
