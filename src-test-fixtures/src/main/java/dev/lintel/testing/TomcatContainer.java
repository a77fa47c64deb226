package dev.lintel.testing;

import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.jspecify.annotations.Nullable;

/** Tomcat with its defaults, as somebody else would run it. */
final class TomcatContainer implements RunningContainer {

    private final Tomcat tomcat;
    private final WebAppDirectory directory;

    private TomcatContainer(Tomcat tomcat, WebAppDirectory directory) {
        this.tomcat = tomcat;
        this.directory = directory;
    }

    static TomcatContainer start(WebApp.Builder app) {
        WebAppDirectory directory = WebAppDirectory.create(app.webXml, app.files);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(directory.work().toString());
        tomcat.setAddDefaultWebXmlToWebapp(false);
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setThrowOnFailure(true);
        if (app.encodedSlashes) {
            connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        }
        tomcat.setConnector(connector);
        Context context = context(tomcat, app, directory);
        context.addServletContainerInitializer((classes, servletContext) -> app.register(servletContext), Set.of());
        TomcatContainer container = new TomcatContainer(tomcat, directory);
        try (TomcatLogs logs = TomcatLogs.captured()) {
            container.start(context, logs);
        }
        return container;
    }

    private void start(Context context, TomcatLogs logs) {
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            close();
            throw failure(e);
        }
        // Tomcat starts without an application that failed, and only logs why.
        if (!context.getState().isAvailable()) {
            close();
            throw failure(logs.firstThrown());
        }
    }

    private static IllegalStateException failure(@Nullable Throwable cause) {
        String reason = cause == null ? "see its log" : String.valueOf(cause.getMessage());
        return new IllegalStateException("web application: not started by Tomcat: " + reason, cause);
    }

    private static Context context(Tomcat tomcat, WebApp.Builder app, WebAppDirectory directory) {
        String content = directory.content().toString();
        Context context = app.webXml == null
                ? tomcat.addContext(app.contextPath, content)
                : tomcat.addWebapp(app.contextPath, content);
        context.setParentClassLoader(TomcatContainer.class.getClassLoader());
        context.setContainerSciFilter(".*");
        if (context instanceof StandardContext standard) {
            // What is on the class path of the tests is none of the application's business.
            StandardJarScanner scanner = new StandardJarScanner();
            scanner.setScanClassPath(false);
            standard.setJarScanner(scanner);
            standard.setClearReferencesRmiTargets(false);
            standard.setClearReferencesThreadLocals(false);
        }
        Wrapper fallback = Tomcat.addServlet(context, "default", new DefaultServlet());
        fallback.setOverridable(true);
        context.addServletMapping("/", "default");
        return context;
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("web application: not stopped by Tomcat", e);
        } finally {
            directory.delete();
        }
    }
}
