package dev.lintel.conformance.tomcat11;

import dev.lintel.conformance.Runner;
import dev.lintel.conformance.ServletContainer;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;

/** Embedded Tomcat 11 with its defaults. */
final class Tomcat11 implements ServletContainer {

    // held, because the log manager forgets the settings of a logger nobody holds
    private static final Logger LOG = Logger.getLogger("org.apache");

    @Override
    public Running start(ServletContainerInitializer application) {
        return start(application, new Connector());
    }

    /** The same with HTTP/2 in clear text. */
    Running startHttp2(ServletContainerInitializer application) {
        Connector connector = new Connector();
        connector.addUpgradeProtocol(new Http2Protocol());
        return start(application, connector);
    }

    private static Running start(ServletContainerInitializer application, Connector connector) {
        Tomcat tomcat = tomcat(connector);
        Context context = tomcat.addContext("", null);
        context.addServletContainerInitializer(application, Set.of());
        return started(tomcat, context);
    }

    /** Starts the web application in that directory. */
    static Running startDirectory(Path webApp) {
        Tomcat tomcat = tomcat(new Connector());
        tomcat.setAddDefaultWebXmlToWebapp(false);
        Context context = tomcat.addWebapp("", webApp.toString());
        context.setParentClassLoader(Tomcat11.class.getClassLoader());
        Wrapper files = Tomcat.addServlet(context, "default", new DefaultServlet());
        files.setOverridable(true);
        context.addServletMapping("/", "default");
        return started(tomcat, context);
    }

    private static Tomcat tomcat(Connector connector) {
        LOG.setLevel(Level.OFF);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(directory().toString());
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setThrowOnFailure(true);
        tomcat.setConnector(connector);
        return tomcat;
    }

    private static Running started(Tomcat tomcat, Context context) {
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException("application: not started by Tomcat", e);
        }
        if (!context.getState().isAvailable()) {
            throw new IllegalStateException("application: not started by Tomcat (see its log)");
        }
        return new Started(tomcat, tomcat.getConnector().getLocalPort());
    }

    private static Path directory() {
        try {
            return Files.createDirectories(Path.of("target", "tomcat"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Started(Tomcat tomcat, int port) implements Runner.Running {

        @Override
        public void close() {
            try {
                tomcat.stop();
                tomcat.destroy();
            } catch (LifecycleException e) {
                throw new IllegalStateException("application: not stopped by Tomcat", e);
            }
        }
    }
}
